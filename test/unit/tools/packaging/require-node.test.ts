import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { transform } from "esbuild";
import { claimgateProgram } from "../../../support/claimgate-command.ts";
import { documentationPages } from "../../../support/markdown.ts";

const CHECK = readFileSync("src/tools/packaging/require-node.cjs", "utf8");

/** What a Node of that version is told, and its exit code. */
function toldBy(version: string) {
  let told = "";
  let code: number | undefined;
  const process = {
    versions: { node: version },
    stderr: {
      write: (text: string) => {
        told += text;
      },
    },
    exit: (status: number) => {
      code = status;
    },
  };
  runInNewContext(CHECK, { process });
  return { told, code };
}

test.each(["12.22.12", "14.21.3", "18.20.8", "20.18.3", "21.7.3", "22.12.0", "23.11.0"])(
  "Node %s is told what claimgate needs",
  (version) => {
    expect(toldBy(version)).toEqual({
      told: `claimgate needs Node 20.19+, 22.13+ or 24+; this is v${version}\n`,
      code: 1,
    });
  },
);

test.each(["20.19.0", "20.20.2", "22.13.0", "22.20.0", "24.0.0", "100.1.0"])("Node %s goes on", (version) => {
  expect(toldBy(version)).toEqual({ told: "", code: undefined });
});

test("every page that says which Node claimgate needs says what package.json says", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe("^20.19.0 || ^22.13.0 || >=24");
  const said = documentationPages().flatMap((page) =>
    Array.from(readFileSync(page, "utf8").matchAll(/Node 20[^\n]{0,19}/g), ([words]) => ({ page, words })),
  );
  expect(said.length).toBeGreaterThan(3);
  expect(said.filter(({ words }) => words !== "Node 20.19+, 22.13+ or 24+")).toEqual([]);
});

test("the file that an old Node reads first is ES5", async () => {
  const entry = readFileSync(claimgateProgram(), "utf8");
  expect(entry).toContain(CHECK);
  const { code } = await transform(entry, { target: "es5", minifyWhitespace: true });
  const same = await transform(entry, { target: "esnext", minifyWhitespace: true });
  expect(code).toBe(same.code);
});

test("npm start and npm run token look at the version before anything else", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  for (const name of ["start", "token"])
    expect(scripts[name]).toMatch(/^node src\/tools\/packaging\/require-node\.cjs && node /);
});

test("what npm pack makes is not offered to git", () => {
  expect(execFileSync("git", ["check-ignore", "claimgate-0.1.0.tgz"]).toString()).toBe(
    "claimgate-0.1.0.tgz\n",
  );
});
