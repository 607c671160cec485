import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryPaths } from "../../../../src/tools/machine/repository-paths.ts";

const root = mkdtempSync(join(tmpdir(), "claimgate-paths-"));
const api = join(root, "packages", "api");
beforeAll(() => mkdirSync(api, { recursive: true }));
afterEach(() => rmSync(join(root, ".git"), { recursive: true, force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("files are named from the root of the repository", () => {
  mkdirSync(join(root, ".git"));
  expect(repositoryPaths(root)("policies/roles.csv")).toBe("policies/roles.csv");
  expect(repositoryPaths(api)("policies/roles.csv")).toBe("packages/api/policies/roles.csv");
  expect(repositoryPaths(api)("../web/policies/roles.csv")).toBe("packages/web/policies/roles.csv");
});

test("of a worktree, where .git is a file, too", () => {
  writeFileSync(join(root, ".git"), "gitdir: elsewhere\n");
  expect(repositoryPaths(api)("policies/roles.csv")).toBe("packages/api/policies/roles.csv");
});

test("and from the working directory where there is no repository", () => {
  expect(repositoryPaths(api)("policies/roles.csv")).toBe("policies/roles.csv");
});
