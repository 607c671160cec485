import { realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { refusedName } from "../../../../../src/tools/cli/agent/compared-name.ts";
import { projectFolder } from "../../../../support/project-folder.ts";

const project = projectFolder("agent");
const root = realpathSync(project.folder);
project.write("service/policies/roles.csv", "");
project.write("other/policies/roles.csv", "");
const service = join(root, "service");
symlinkSync(join(root, "other"), join(service, "linked"), "dir");
symlinkSync(join(root, "nowhere"), join(service, "dangling"), "dir");
afterAll(() => project.remove());

describe("what an agent may compare with", () => {
  it.each([
    "main",
    "HEAD~1",
    "v1.0^0",
    "origin/main",
    "policies",
    "./policies",
    "policies/",
    "..main",
    join("a", "..", "policies"),
  ])("is a revision or a directory below the root: %s", (name) =>
    expect(refusedName(service, name)).toBeUndefined(),
  );

  it("is a directory below the root by its whole path", () =>
    expect(refusedName(service, join(service, "policies"))).toBeUndefined());

  it.each([
    "..",
    "../other",
    "../other/policies",
    "../nowhere",
    "policies/../../other",
    "linked",
    "linked/policies",
    "/etc",
  ])("is nothing outside of it: %s", (name) =>
    expect(refusedName(service, name)).toBe(
      `\`${name}\` leads out of the root: give a git revision, or a directory below it`,
    ),
  );

  it.each(["--fix", "-o", "--end-of-options"])("never looks like an option: %s", (name) =>
    expect(refusedName(service, name)).toMatch(/begins like an option/),
  );

  it("has no character that ends a path", () => expect(refusedName(service, "main\0")).toMatch(/in no name/));
});
