import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../../../src/tools/machine/command-error.ts";
import { findFramework } from "../../../../src/tools/service/framework.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-framework-"));
afterEach(() => rmSync(join(directory, "package.json"), { force: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function fixOf(): string | undefined {
  writeFileSync(join(directory, "serverless.yml"), "service: shop\n");
  try {
    findFramework(directory);
  } catch (error) {
    if (error instanceof CommandError) return error.fix;
    throw error;
  }
  return "found";
}

describe("a service without the Serverless Framework", () => {
  it.each([
    ["no package.json", undefined],
    ["a package.json that does not list it", "{}"],
    ["a package.json that is not JSON", "{"],
  ])("is told to install it: %s", (_what, text) => {
    if (text !== undefined) writeFileSync(join(directory, "package.json"), text);
    expect(fixOf()).toBe("install it: npm i -D serverless@npm:osls@^4");
  });

  it.each(["dependencies", "devDependencies"])("is told to run npm ci where %s lists it", (kind) => {
    for (const listed of [{ serverless: "npm:osls@^4" }, { osls: "^4" }]) {
      writeFileSync(join(directory, "package.json"), JSON.stringify({ [kind]: listed }));
      expect(fixOf()).toBe(`run npm ci in ${directory}`);
    }
  });
});

describe("the framework of a service", () => {
  it.each([
    ["osls under its own name", ["osls"], "osls"],
    ["what the project calls serverless", ["osls", "serverless"], "serverless"],
  ])("is %s", (_what, installed, found) => {
    // The resolver of the tests remembers what a directory does not have.
    const service = realpathSync(mkdtempSync(join(tmpdir(), "claimgate-framework-")));
    const folder = (name: string) => join(service, "node_modules", name);
    writeFileSync(join(service, "serverless.yml"), "service: shop\n");
    for (const name of installed) {
      mkdirSync(folder(name), { recursive: true });
      writeFileSync(join(folder(name), "package.json"), JSON.stringify({ name, version: "4.1.0" }));
    }
    const program = join(folder(found), "bin", "serverless.js");
    expect(findFramework(service)).toEqual({ name: found, version: "4.1.0", program });
    rmSync(service, { recursive: true });
  });
});
