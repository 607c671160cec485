import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "yaml";
import { loadPolicy } from "../../../../src/policy/load.ts";
import {
  NEW_GATEWAYS,
  newServiceFiles,
  serviceNameProblem,
} from "../../../../src/tools/adopt/new-service.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { readService } from "../../../../src/tools/service/read-service.ts";
import { MODEL } from "../../../support/policy.ts";

const FOLDER = "templates/new";
const TEMPLATES = readdirSync(FOLDER, { recursive: true, encoding: "utf8", withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(FOLDER, path), text: readFileSync(path, "utf8") }));

describe("the name of a new service", () => {
  test.each(["notes", "team-notes-2", "a1"])("may be %s", (name) => {
    expect(serviceNameProblem(name)).toBeUndefined();
  });

  test.each([
    ["Notes", "lower-case letters"],
    ["2notes", "a letter first"],
    ["x", "at least 2 characters"],
    ["notes-", "a letter or a digit at the end"],
    ["my notes", "lower-case letters"],
    ["n".repeat(41), "at most 40 characters"],
    ["my-aws-notes", "`aws`"],
    ["cognito-notes", "`cognito`"],
  ])("may not be %s", (name, why) => {
    expect(serviceNameProblem(name)).toContain(why);
  });
});

describe.each(NEW_GATEWAYS)("a new service with the gateway %s", (gateway) => {
  const files = newServiceFiles(TEMPLATES, gateway, "team-notes");
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? "";

  test("has its own names, and files that npm leaves out of packages", () => {
    expect(files.filter(({ text }) => text.includes("my-service"))).toEqual([]);
    expect(textOf("serverless.yml")).toContain("\nservice: team-notes\n");
    const paths = files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([".gitignore", "README.md", "package.json", "tsconfig.json"]),
    );
  });

  test("is at most 700 lines, and pins no version of the framework in serverless.yml", () => {
    const lines = files.reduce((sum, { text }) => sum + text.trimEnd().split("\n").length, 0);
    expect(lines).toBeLessThanOrEqual(700);
    expect(textOf("serverless.yml")).not.toContain("frameworkVersion");
  });

  test("depends on nothing but claimgate, the framework and its plugin for esbuild", () => {
    const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<string, object>;
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    expect(dependencies).toBeUndefined();
    expect(Object.keys(devDependencies ?? {})).toEqual([
      "claimgate",
      "esbuild",
      "serverless",
      "serverless-esbuild",
    ]);
    expect(devDependencies).toMatchObject({ claimgate: `^${version}` });
  });

  test("has a policy for its routes, which the linter finds nothing in", () => {
    const rows = files.filter(({ path }) => /^policies\/[^/]+\.csv$/.test(path));
    expect(rows).toHaveLength(4);
    expect(() => loadPolicy({ model: MODEL, rows })).not.toThrow();
    const text = textOf("serverless.yml");
    const written = readService(parse(text), text);
    const service = {
      ...written,
      routes: written.routes.map((route) =>
        route.authorizer === undefined
          ? route
          : { ...route, authorizer: { kind: "lambda" as const, name: "claimgate" } },
      ),
      authorizers: [],
    };
    expect(service.routes).toHaveLength(5);
    const groupsFile = { path: "policies/groups.yaml", text: textOf("policies/groups.yaml") };
    const { findings } = lint({ model: MODEL, rows }, { service, groupsFile, switchedOff: new Map() });
    expect(findings).toEqual([]);
  });
});
