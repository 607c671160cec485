import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printFinding } from "../../../../src/policy/finding.ts";
import * as build from "../../../../src/tools/checking/lint-directory.ts";
import { unreadableFix } from "../../../../src/tools/machine/policy-files.ts";
import { readService } from "../../../../src/tools/service/read-service.ts";
import type { Service } from "../../../../src/tools/service/service.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-lint-directory-"));
const policies = join(folder, "policies");

beforeEach(() => cpSync("policies", policies, { recursive: true }));
afterEach(() => rmSync(policies, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DIRECTORIES = JSON.stringify({ ExampleCorp: { attribute: "custom:groups", form: "json" } });

/** Deploys one route that the policy of the sample does not have. */
const service = readService(
  {
    functions: {
      auth: { environment: { CLAIMGATE_USER_POOL_ID: "eu-west-1_abc" } },
      preTokenGeneration: { environment: { CLAIMGATE_DIRECTORIES: DIRECTORIES } },
      api: {
        events: [
          { http: { method: "get", path: "new", authorizer: { name: "auth", resultTtlInSeconds: 0 } } },
        ],
      },
    },
  },
  "",
);

function lintDirectory(directory: string, looked: Service | undefined) {
  const { errors, warnings } = build.lintDirectory(directory, looked);
  return { errors: errors.map(printFinding), warnings: warnings.map(printFinding) };
}

const REASON = "the route is closed on purpose until spring";

describe("lintDirectory", () => {
  it("finds errors and warnings, each with its place", () => {
    const { errors, warnings } = lintDirectory(policies, service);
    expect(errors).toEqual([
      "serverless.yml:1:1: the policy has no `g2` row for `GET /new`, so every call is denied; add " +
        "`g2, GET /new, PERMISSION` to the policy [route-without-permission]",
    ]);
    expect(warnings.filter((line) => line.includes("`GET /orders`"))).toEqual([
      expect.stringMatching(
        /^policies\/routes\.csv:\d+:5: serverless\.yml does not deploy the route `GET \/orders`;/,
      ),
    ]);
  });

  it("names every file that cannot be read, instead of leaving its rows out", () => {
    mkdirSync(join(policies, "roles.csv.d"));
    rmSync(join(policies, "roles.csv"));
    mkdirSync(join(policies, "roles.csv"));
    symlinkSync("nowhere.csv", join(policies, "moved.csv"));
    symlinkSync("circle.csv", join(policies, "circle.csv"));
    rmSync(join(policies, "model.conf"));
    symlinkSync("nowhere.conf", join(policies, "model.conf"));
    const csv = "delete it, or rename it; names that end in `.csv` must be files with rows";
    const at = (name: string, why: string, fix: string) =>
      `policies/${name}:1:1: the file cannot be read: ${why}; ${fix} [file-unreadable]`;
    expect(lintDirectory(policies, undefined).errors).toEqual([
      at("circle.csv", "it is a link to itself", csv),
      at(
        "model.conf",
        "it does not exist",
        "delete it: without the file, the model of this version of claimgate applies",
      ),
      at("moved.csv", "it does not exist", csv),
      at("roles.csv", "it is a directory", csv),
    ]);
  });

  it("says to change the permissions of a file that may not be read, not to delete it", () => {
    expect(unreadableFix("policies/roles.csv", "EACCES")).toBe(
      "change its permissions, so that you may read it",
    );
    expect(unreadableFix("policies/model.conf", "EPERM")).toBe(
      "change its permissions, so that you may read it",
    );
  });

  it("names UTF-16, as spreadsheets write it", () => {
    writeFileSync(join(policies, "roles.csv"), Buffer.from("\uFEFFp, role:a, x:read, allow\n", "utf16le"));
    expect(lintDirectory(policies, undefined).errors).toEqual([
      "policies/roles.csv:1:1: the file is UTF-16, not UTF-8; save it as UTF-8 [not-utf8]",
    ]);
  });

  it("compares with nothing where the service was not read", () => {
    expect(lintDirectory(policies, undefined).errors).toEqual([]);
  });

  it("leaves out what lint.json switches off", () => {
    writeFileSync(
      join(policies, "lint.json"),
      JSON.stringify({ off: { "route-without-permission": REASON } }),
    );
    expect(lintDirectory(policies, service).errors).toEqual([]);
  });

  it("uses nothing of a lint.json that is wrong, and says what is", () => {
    const off = { "route-without-permission": REASON, "route-without-permision": REASON };
    writeFileSync(join(policies, "lint.json"), JSON.stringify({ off }));
    const { errors } = lintDirectory(policies, service);
    expect(errors).toHaveLength(2);
    expect(errors[0]).toMatch(/^policies\/lint\.json:1:\d+: unknown rule `route-without-permision`/);
    expect(errors[1]).toContain("[route-without-permission]");
  });

  it("looks at groups.yaml, and at one that has another name", () => {
    writeFileSync(join(policies, "groups.yaml"), "finanse:\r\n  precedence: high\r\n");
    writeFileSync(join(policies, "groups.yml"), "");
    expect(lintDirectory(policies, undefined).errors).toEqual([
      "policies/groups.yml:1:1: nothing reads this file; name it `groups.yaml` [groups-file]",
      expect.stringMatching(
        /^policies\/groups\.yaml:1:1: no row names `group:finanse`.*`finance`\? \[group-settings-unused\]$/,
      ),
      expect.stringMatching(/^policies\/groups\.yaml:2:15: expected .*, found a string.* \[groups-file\]$/),
    ]);
  });

  it("tells what keeps the policy from loading", () => {
    writeFileSync(join(policies, "broken.csv"), "p, role:viewer, orders:read, Allow\n");
    expect(lintDirectory(policies, service).errors.join("\n")).toContain(
      "policies/broken.csv:1:30: the effect is",
    );
  });
});
