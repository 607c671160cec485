import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOMS = {
  reads: "src/tools/cloudformation/",
  writes: "src/tools/stack/",
  writesForOthers: "src/tools/packaging/plugin/",
};

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => join("src", path).replaceAll("\\", "/"))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

function filesWith(pattern: RegExp): readonly string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}

describe("intrinsic functions of CloudFormation", () => {
  it("are spelled out only where they are read and where templates are written", () => {
    const spelling = filesWith(/["']Fn::/);
    expect(spelling).toContain(`${ROOMS.reads}intrinsics.ts`);
    const elsewhere = spelling.filter((path) => !Object.values(ROOMS).some((room) => path.startsWith(room)));
    expect(elsewhere).toEqual([]);
  });

  it("are evaluated in one room: nothing else takes one apart", () => {
    const takenApart =
      /\[["'](?:Fn::\w+|Ref)["']\]|["'](?:Fn::\w+|Ref)["'] in |startsWith\(["']Fn::|["']Fn::\w+["']: \w+[^}]*\} = /;
    expect('const { Ref: name, "Fn::Sub": sub } = objectOf(value);').toMatch(takenApart);
    expect(filesWith(takenApart).filter((path) => !path.startsWith(ROOMS.reads))).toEqual([]);
  });
});
