import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { compilePolicy } from "../../../../src/policy/compile.ts";
import { indexedPolicy } from "../../../../src/policy/indexed-policy.ts";
import { parsePolicy } from "../../../../src/policy/parse.ts";
import { archiveOf } from "../../../../src/tools/archives/archive.ts";
import { FUNCTION_NAMES } from "../../../../src/tools/archives/functions.ts";
import { bundleManifest, type ManifestInput } from "../../../../src/tools/archives/manifest.ts";
import { parseGroupsFile } from "../../../../src/tools/lint/groups-file.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";
import { unzip } from "../../../support/unzip.ts";

const sources = readPolicyDirectory("policies");
const compiled = compilePolicy(sources);
const parts = { claimgate: "1.2.3", compiled, libraries: { authorizers: "// a", triggers: "// t" } };
const archives = FUNCTION_NAMES.map((name) => archiveOf(name, parts));
const input: ManifestInput = {
  claimgate: "1.2.3",
  policyVersion: compiled.version,
  archives,
  rows: parsePolicy(sources.rows).rows,
  groups: [],
  scopePrefix: "",
  poolAlias: undefined,
};
const valid = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync("schemas/bundle-manifest.schema.json", "utf8")) as object,
);

describe("the manifest", () => {
  test("is what its JSON Schema says", () => {
    const manifest = bundleManifest(input);
    expect([valid(JSON.parse(JSON.stringify(manifest))), valid.errors]).toEqual([true, null]);
  });

  test.each([
    ["a member that nobody declared", { more: 1 }],
    ["another version", { manifestVersion: 2 }],
    ["a function of another name", { functions: { orders: {} } }],
    ["a function that says nothing", { functions: { httpAuthorizer: {} } }],
    ["no function", { functions: {} }],
    ["a group without a name", { groups: [{ description: null, precedence: null }] }],
  ])("would not be with %s", (_what, change) => {
    expect(valid({ ...(JSON.parse(JSON.stringify(bundleManifest(input))) as object), ...change })).toBe(
      false,
    );
  });

  test("names the groups of the policy, with what groups.yaml says", () => {
    const { groups = [] } = parseGroupsFile(
      "groups.yaml",
      "admins: { description: May do everything, precedence: 1 }\n",
    );
    const manifest = bundleManifest({ ...input, groups });
    expect(manifest.groups).toContainEqual({
      name: "admins",
      description: "May do everything",
      precedence: 1,
    });
    expect(manifest.groups).toContainEqual({ name: "support", description: null, precedence: null });
  });

  test("names the scopes of `scope:` rows, and with a prefix those that permissions become", () => {
    expect(bundleManifest(input).scopes).toEqual([
      { resourceServer: "orders-api", name: "reports.export", forMachines: true },
      { resourceServer: "orders-api", name: "reports.read", forMachines: true },
    ]);
    expect(bundleManifest({ ...input, scopePrefix: "orders-api/" }).scopes).toContainEqual({
      resourceServer: "orders-api",
      name: "orders:refund",
      forMachines: false,
    });
  });

  test("leaves out a scope that belongs to no resource server", () => {
    const { rows } = parsePolicy([{ path: "a.csv", text: "p, scope:openid, orders:read, allow\n" }]);
    expect(bundleManifest({ ...input, rows }).scopes).toEqual([]);
  });
});

describe("an archive", () => {
  const files = (name: string) => unzip(Buffer.from(archives.find((one) => one.name === name)?.bytes ?? []));

  test("has the whole policy where a function decides by it, and else only what is said of addresses", () => {
    expect([...files("httpAuthorizer").keys()]).toEqual(["index.js", "authorizers.cjs", "policy.json"]);
    expect([...files("preSignUp").keys()]).toEqual(["index.js", "triggers.cjs", "addresses.json"]);
    expect(JSON.parse(files("preTokenGeneration").get("policy.json") ?? "")).toEqual(indexedPolicy(compiled));
    const addresses = files("postConfirmation").get("addresses.json") ?? "";
    expect(addresses).toContain("mallory@example.com");
    expect(addresses).not.toContain("orders:read");
  });

  test("is another one when a row changes", () => {
    const rows = compiled.rows.slice(1);
    const other = archiveOf("httpAuthorizer", { ...parts, compiled: { ...compiled, rows } });
    expect(other.sha256).not.toBe(archives[0]?.sha256);
    expect(archiveOf("httpAuthorizer", parts).sha256).toBe(archives[0]?.sha256);
  });
});
