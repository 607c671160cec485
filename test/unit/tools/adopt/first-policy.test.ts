import fc from "fast-check";
import { decide } from "../../../../src/policy/decide.ts";
import { loadPolicy } from "../../../../src/policy/load.ts";
import { parsePolicy } from "../../../../src/policy/parse.ts";
import type { Subject } from "../../../../src/policy/subject.ts";
import { firstPolicy } from "../../../../src/tools/adopt/first-policy.ts";
import type { Given, GivenRoute } from "../../../../src/tools/adopt/given-today.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { runTestFiles } from "../../../../src/tools/policy-tests/results.ts";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import { MODEL } from "../../../support/policy.ts";
import { LAMBDA, route, serviceWith } from "../lint/rules/service/support.ts";

const given = (name: string, what: Given): GivenRoute => ({ route: route(name), given: what });
const toSubjects = (...subjects: Subject[]): Given => ({ to: "subjects", subjects, authorizer: "jwt" });
const EVERYONE: Given = { to: "everyone" };
const ROLES: Given = { to: "roles", replaces: false };
const OTHERS: Given = { to: "others", authorizer: "AWS_IAM", why: "callers sign with AWS credentials" };

const textOf = (routes: readonly GivenRoute[], path: string) =>
  firstPolicy(routes).files.find((file) => file.path === path)?.text ?? "";

describe("a first policy", () => {
  test("names what it guards, what is public, and what it leaves to another authorizer", () => {
    const routes = [
      given("POST /orders", toSubjects("role:authenticated")),
      given("GET /orders", toSubjects("role:authenticated", "role:machine")),
      given("GET /health", EVERYONE),
      // Of another API.
      given("GET /health", EVERYONE),
      given("GET /old", OTHERS),
    ];
    expect(firstPolicy(routes)).toMatchObject({
      guarded: ["GET /orders", "POST /orders"],
      open: ["GET /health"],
      elsewhere: [{ route: "GET /old", authorizer: "AWS_IAM" }],
    });
    expect(textOf(routes, "routes.csv")).toContain("#   GET /old (AWS_IAM)\n");
    expect(textOf(routes, "roles.csv")).toContain("p, role:machine, orders:list, allow\n");
    expect(textOf(routes, "groups.yaml")).not.toMatch(/^\w/m);
  });

  test("keeps a path with a line break in its comment", () => {
    const routes = [
      given("GET /orders", toSubjects("role:authenticated")),
      given("GET /a\ng2, DELETE /orders, public", OTHERS),
    ];
    expect(textOf(routes, "routes.csv")).toContain("#   GET /a\\u000ag2, DELETE /orders, public (AWS_IAM)\n");
  });

  test("gives routes of unknown callers to roles that no one has yet", () => {
    const routes = [given("GET /orders", ROLES), given("DELETE /orders", ROLES)];
    expect(textOf(routes, "roles.csv")).toContain(
      "p, role:reader, orders:list, allow\n\n# Administrators do everything that these routes can do.\ng, role:admin, role:reader\np, role:admin, orders:delete, allow\n",
    );
    expect(textOf(routes, "groups.csv")).toContain("g, group:readers, role:reader\n");
  });

  test("allows exactly the callers of today, with tests that need every row, and the linter finds nothing", () => {
    const names = [
      "GET /",
      "GET /orders",
      "POST /orders",
      "PUT /orders/{orderId}",
      "PATCH /orders/{orderId}",
      "GET /a/b",
      "GET /a-b",
      "ANY /files/{proxy+}",
      "OPTIONS /{proxy+}",
      "PUT /v1.0/a~b",
      "$default",
      "$connect",
    ];
    const scopes: readonly Subject[] = ["scope:shop/read", "scope:shop/write"];
    const subjects = fc
      .subarray<Subject>(["role:authenticated", "role:machine", ...scopes], { minLength: 1 })
      // Of an authorizer with scopes, a machine needs one.
      .filter((list) => !(list.includes("role:machine") && list.some((one) => one.startsWith("scope:"))));
    const what = fc.oneof(
      { weight: 4, arbitrary: subjects.map((list): Given => toSubjects(...list)) },
      fc.constantFrom(EVERYONE, ROLES, OTHERS),
    );
    const services = fc
      .subarray(names, { minLength: 1 })
      .chain((list) => fc.tuple(...list.map((name) => what.map((one) => given(name, one)))));
    fc.assert(
      fc.property(services, (routes) => {
        const { files, guarded, open } = firstPolicy(routes);
        if (guarded.length === 0) return;
        const sources = { model: MODEL, rows: files.filter(({ path }) => path.endsWith(".csv")) };
        const service = serviceWith({
          routes: routes
            .filter(({ given: { to } }) => to !== "others")
            .map((one) => ({ ...one.route, authorizer: one.given.to === "everyone" ? undefined : LAMBDA })),
        });
        const groupsFile = files.find(({ path }) => path === "groups.yaml");
        const { findings } = lint(sources, { service, groupsFile, switchedOff: new Map() });
        expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
        const policy = loadPolicy(sources);
        const tests = files.filter(({ path }) => path.startsWith("tests/"));
        const parsed = tests.map(({ path, text }) => parseTestFile(policy, path, text));
        expect(parsed.flatMap(({ findings: wrong }) => wrong)).toEqual([]);
        const { failed, coverage } = runTestFiles(policy, parsePolicy(sources.rows).rows, parsed);
        expect({ failed, percent: coverage.percent }).toEqual({ failed: 0, percent: 100 });
        const tokens: readonly Subject[][] = [
          ["role:authenticated", "user:u"],
          ["role:machine", "client:c"],
          ["role:machine", "client:c", "scope:shop/read"],
          ["role:machine", "client:c", ...scopes],
        ];
        for (const { route: deployed, given: today } of routes) {
          if (today.to === "others") continue;
          if (today.to === "everyone") expect(open).toContain(deployed.route);
          for (const token of today.to === "everyone" ? [] : tokens) {
            const request = { route: deployed.route, subjects: token, parameters: {}, claims: {} };
            const allowed = today.to === "subjects" && today.subjects.some((one) => token.includes(one));
            expect([deployed.route, token, decide(policy, request).effect]).toEqual([
              deployed.route,
              token,
              allowed ? "allow" : "deny",
            ]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
