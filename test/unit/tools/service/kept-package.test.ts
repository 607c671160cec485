import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { keepingPackage } from "../../../../src/tools/service/kept-package.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-kept-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const folder = () => join(directory, ".serverless");

function packageBefore(): void {
  mkdirSync(folder());
  writeFileSync(join(folder(), "orders.zip"), "of the user");
}

/** What the framework does: it deletes the folder, fills it again, and moves the result away. */
async function packageIt(): Promise<string> {
  rmSync(folder(), { recursive: true, force: true });
  mkdirSync(folder());
  writeFileSync(join(folder(), "orders.zip"), "other");
  return Promise.resolve("packaged");
}

describe("the `.serverless` of a service", () => {
  it("is as it was after doctor packaged, also where that failed", async () => {
    packageBefore();
    await expect(keepingPackage(directory, packageIt)).resolves.toBe("packaged");
    const refused = async () => {
      await packageIt();
      throw new Error("refused");
    };
    await expect(keepingPackage(directory, refused)).rejects.toThrow("refused");
    expect(readFileSync(join(folder(), "orders.zip"), "utf8")).toBe("of the user");
    expect(readdirSync(directory)).toEqual([".serverless"]);
  });

  it("is not left behind where there was none", async () => {
    await keepingPackage(directory, packageIt);
    expect(existsSync(folder())).toBe(false);
  });

  it.each([
    ["that ends the program", "", "SIGINT"],
    ["that the program handles by ending at once", 'process.on("SIGINT", () => process.exit());', null],
    ["that the program handles by ending the work", 'process.on("SIGINT", () => end());', null],
  ])("is as it was after an interruption %s", async (_, handler, by) => {
    packageBefore();
    const module = resolve("src/tools/service/kept-package.ts");
    const source = `
      import { keepingPackage } from ${JSON.stringify(module)};
      let end;
      const ended = new Promise((done) => { end = done; });
      ${handler}
      const late = setTimeout(() => process.exit(1), 60_000);
      await keepingPackage(${JSON.stringify(directory)}, async () => {
        console.log("packaging");
        await ended;
      });
      clearTimeout(late);`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source]);
    await once(child.stdout, "data");
    child.kill("SIGINT");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect([code, signal]).toEqual(by === null ? [0, null] : [null, by]);
    expect(readdirSync(directory)).toEqual([".serverless"]);
    expect(readFileSync(join(folder(), "orders.zip"), "utf8")).toBe("of the user");
  });
});
