import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { parseDocument } from "yaml";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import { testSchema } from "../../../../src/tools/policy-tests/test-schema.ts";
import { samplePolicy } from "../../../support/policy.ts";

const FILE = "schemas/policy-test.schema.json";
const policy = samplePolicy();
const validators = [undefined, policy].map((of) =>
  new Ajv({ allowUnionTypes: true }).compile(testSchema(of)),
);

/** What both schemas and the command say of a test: all three must agree. */
function accepted(yaml: string): boolean {
  const value: unknown = parseDocument(yaml).toJS();
  const said = validators.map((valid) => valid(value) as boolean);
  const command = parseTestFile(policy, "a.test.yaml", yaml).findings.length === 0;
  expect([yaml, ...said]).toEqual([yaml, command, command]);
  return command;
}

const PRINCIPALS = "principals: { sam: { groups: [support] }, nobody: {}, none: }";

describe("the JSON Schema of policy tests", () => {
  test(`is in ${FILE}`, () => {
    // To write it anew: UPDATE_SCHEMAS=1, then npm run format.
    if (process.env["UPDATE_SCHEMAS"] === "1") writeFileSync(FILE, JSON.stringify(testSchema()));
    expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(testSchema());
  });

  test("accepts the sample, which names it for editors", () => {
    const sample = readFileSync("policies/tests/orders.test.yaml", "utf8");
    expect(accepted(sample)).toBe(true);
    expect(sample).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/policy-test\.schema\.json$/m,
    );
  });

  test.each([
    `${PRINCIPALS}\nsuites: [{ name: A, routes: GET /orders }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, permissions: [orders:read], allow: { sam: "*" } }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, routes: [GET /users/42/orders], parameters: { userId: "42" }, principals: sam }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, routes: [GET /orders], because: [{ principal: sam, route: GET /orders, row: "p, role:viewer, orders:list, allow" }] }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, routes: [GET /orders], allow: { sam: "*" }, because: [{ principal: sam, route: GET /orders, granted: orders:list }] }]`,
    "principals: { r: { client: reporting }, s: { scopes: orders-api/reports.read }, u: { user: someone, claims: { a: b } } }",
    "invariants: [{ name: x, only: [role:admin], hold: orders:delete }]",
    'invariants: [{ never: role:suspended, reach: "*" }]',
  ])("accepts what the command accepts: %s", (yaml) => {
    expect(accepted(yaml)).toBe(true);
  });

  test.each([
    "suits: []",
    "principals: [sam]",
    "principals: { sam: { group: [support] } }",
    "principals: { sam: { groups: [support], claims: { level: 3 } } }",
    `${PRINCIPALS}\nsuites: { name: A }`,
    `${PRINCIPALS}\nsuites: [{ routes: [GET /orders] }]`,
    `${PRINCIPALS}\nsuites: [{ name: A }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, routes: [GET /orders], allow: [sam] }]`,
    `${PRINCIPALS}\nsuites: [{ name: A, routes: [GET /orders], because: [{ principal: sam, route: GET /orders }] }]`,
    "invariants: [{ hold: orders:delete }]",
    "invariants: [{ only: [role:admin] }]",
    "invariants: [{ only: [role:admin], never: [role:viewer], hold: orders:delete }]",
    "invariants: [{ only: [admin], hold: orders:delete }]",
  ])("refuses what the command refuses: %s", (yaml) => {
    expect(accepted(yaml)).toBe(false);
  });

  test("offers what the policy names", () => {
    const text = JSON.stringify(testSchema(policy));
    for (const name of ["GET /orders", "orders:read", '"customers"', '"reporting"', "role:suspended"]) {
      expect(text).toContain(name);
    }
  });
});
