import { parseRows } from "../../../../src/policy/parse.ts";
import { describeCounterexample } from "../../../../src/tools/policy-tests/counterexample.ts";
import { coverageOf } from "../../../../src/tools/policy-tests/coverage.ts";
import { proveInvariant } from "../../../../src/tools/policy-tests/prove-invariant.ts";
import { runSuite } from "../../../../src/tools/policy-tests/run-suites.ts";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import { policyFrom } from "../../../support/policy.ts";

const ROWS = `g2, GET /orders, orders:read
g2, GET /invoices, billing:read
g2, DELETE /invoices, billing:delete
p, group:admins, *, allow
p, client:worker, billing:read, allow
p3, client:web, *
p3, client:partner-app, orders:read, api/read
`;
const POLICY = policyFrom(ROWS);

const messages = (text: string, policy = POLICY) =>
  parseTestFile(policy, "x.test.yaml", text).findings.map(({ message }) => message);

describe("a test of a policy with apps", () => {
  const suite = `
    routes: [GET /orders, GET /invoices]
    allow: { web: "*", partner: [GET /orders], worker: [GET /invoices] }`;

  it("names the app of each user by `client` and `scopes`, and leaves machines as they are", () => {
    const text = `principals:
  web: { groups: [admins], client: web }
  partner: { groups: [admins], client: partner-app, scopes: [api/read] }
  unscoped: { groups: [admins], client: partner-app }
  worker: { client: worker }
suites:
  - name: all${suite}`;
    const { suites, findings } = parseTestFile(POLICY, "x.test.yaml", text);
    expect(findings).toEqual([]);
    const cases = suites.flatMap((one) => runSuite(POLICY, one));
    expect(cases.flatMap(({ failure }) => failure ?? [])).toEqual([]);
    const { rows } = coverageOf(POLICY, parseRows("policies/test.csv", ROWS).rows, cases);
    expect(rows.filter(({ hits }) => hits === 0).map(({ row }) => row)).toEqual([
      "g2, DELETE /invoices, billing:delete",
    ]);
  });

  it("says that the app may not, where the user may", () => {
    const text = `principals:
  partner: { groups: [admins], client: partner-app }
suites:
  - name: all
    routes: [GET /orders]
    allow: { partner: "*" }`;
    const [parsed] = parseTestFile(POLICY, "x.test.yaml", text).suites;
    expect(parsed && runSuite(POLICY, parsed)[0]?.failure).toBe(
      "expected allow, found deny: the app may not, since no `p3` row covers it",
    );
  });

  it("takes the app of all users from the top of the file", () => {
    const text = "client: web\nprincipals:\n  ada: { groups: [admins] }\nsuites: []";
    expect(messages(text)).toEqual([]);
    expect(messages(text.replace("client: web\n", ""))).toEqual([
      "the policy has `p3` rows, so the test must say which app `ada` uses",
    ]);
  });

  it("knows the apps by their rows", () => {
    expect(messages("client: wep\nprincipals: {}\nsuites: []")).toEqual([
      "no `p3` row of the policy names `client:wep`",
    ]);
  });
});

describe("an invariant about apps", () => {
  const proven = (text: string, policy = POLICY) => {
    const { invariants, findings } = parseTestFile(policy, "x.test.yaml", `invariants:\n${text}`);
    expect(findings).toEqual([]);
    const [first] = invariants;
    const found = first && proveInvariant(policy, first);
    return found && describeCounterexample(found);
  };
  const billing = '  - { name: no partner bills, apps: [partner-app], hold: "billing:*" }';

  it("holds where no user reaches a permission through one of them, with any scope", () => {
    expect(proven(billing)).toBeUndefined();
    expect(proven('  - { apps: [partner-app], hold: "orders:*" }')).toBe(
      "a token of client:partner-app with api/read with group:admins reaches orders:read: allowed",
    );
  });

  it("does not hold once the policy has no `p3` rows left", () => {
    const without = policyFrom(ROWS.replace(/^p3.*$/gm, ""));
    expect(proven(billing, without)).toMatch(
      /^a token of client:partner-app with group:admins reaches billing:/,
    );
  });

  it("of subjects takes only tokens that some app has", () => {
    const few = policyFrom(ROWS.replace("p3, client:web, *\n", ""));
    expect(proven("  - { never: [group:admins], hold: billing:read }", few)).toBeUndefined();
    expect(proven("  - { never: [group:admins], hold: billing:read }")).toBe(
      "a token of client:web with group:admins reaches billing:read: allowed",
    );
  });
});
