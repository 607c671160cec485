import fc from "fast-check";
import { decide } from "../../../../src/policy/decide.ts";
import { loadPolicy } from "../../../../src/policy/load.ts";
import { parsePolicy } from "../../../../src/policy/parse.ts";
import type { Subject } from "../../../../src/policy/subject.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { runTestFiles } from "../../../../src/tools/policy-tests/results.ts";
import { parseTestFile } from "../../../../src/tools/policy-tests/test-file.ts";
import type { RouteAuthorizer, Service, ServiceRoute } from "../../../../src/tools/service/service.ts";
import { permissionFor, starterPolicy } from "../../../../src/tools/service/starter-policy.ts";
import { MODEL } from "../../../support/policy.ts";
import { LAMBDA, serviceWith } from "../lint/rules/service/support.ts";

const IAM: RouteAuthorizer = { kind: "foreign", name: "AWS_IAM" };

const route = (name: string, authorizer?: RouteAuthorizer): ServiceRoute => ({
  gateway: name === "$connect" ? "websocket" : "http",
  route: name,
  functionName: "f",
  authorizer,
  at: { file: "serverless.yml", line: 1, column: 1 },
});

function sourcesOf(service: Service) {
  const { files } = starterPolicy(service);
  return {
    sources: { model: MODEL, rows: files.filter(({ path }) => path.endsWith(".csv")) },
    groupsFile: files.find(({ path }) => path === "groups.yaml"),
  };
}

describe("the name of a permission", () => {
  test.each([
    ["GET /orders", "orders:list"],
    ["GET /orders/{orderId}", "orders:read"],
    ["POST /orders", "orders:create"],
    ["PUT /orders/{orderId}", "orders:update"],
    ["PATCH /orders/{orderId}", "orders:update"],
    ["DELETE /orders/{orderId}", "orders:delete"],
    ["GET /users/{userId}/orders", "users-orders:list"],
    ["ANY /files/{proxy+}", "files:any"],
    ["GET /", "api:list"],
    ["ANY /{proxy+}", "api:any"],
    ["GET /v1.0/~me:now", "v1.0-me-now:list"],
    ["GET /~", "api:list"],
    ["$connect", "connect:connect"],
    ["$default", "default:any"],
  ])("for %s is %s", (name, permission) => {
    expect(permissionFor(name)).toBe(permission);
  });
});

describe("a policy to begin with", () => {
  test("guards the routes of our authorizer, and says what it leaves to others", () => {
    const starter = starterPolicy(
      serviceWith({
        routes: [
          route("POST /orders", LAMBDA),
          route("GET /orders", LAMBDA),
          route("GET /health"),
          route("GET /old", IAM),
          route("GET /orders"),
        ],
      }),
    );
    expect(starter).toMatchObject({
      guarded: ["GET /orders", "POST /orders"],
      open: ["GET /health"],
      elsewhere: ["GET /old"],
      unguarded: [],
    });
    expect(starter.files.find(({ path }) => path === "routes.csv")?.text).toContain("#   GET /old\n");
  });

  test("gives every route a permission where none has an authorizer of ours yet", () => {
    expect(
      starterPolicy(serviceWith({ routes: [route("GET /orders"), route("GET /old", IAM)] })),
    ).toMatchObject({
      guarded: ["GET /orders"],
      open: [],
      unguarded: ["GET /orders"],
    });
  });

  test("knows that of a WebSocket API only $connect is authorized", () => {
    const message: ServiceRoute = { ...route("sendMessage"), gateway: "websocket" };
    expect(starterPolicy(serviceWith({ routes: [route("$connect", LAMBDA), message] })).guarded).toEqual([
      "$connect",
    ]);
  });

  test("has nothing that the linter minds, whatever the routes, and lets nobody in who is in no group", () => {
    const names = fc.subarray(
      [
        "GET /",
        "GET /orders",
        "POST /orders",
        "GET /orders/{orderId}",
        "ANY /files/{proxy+}",
        "OPTIONS /{proxy+}",
        "PUT /v1.0/a~b",
        "$default",
        "$connect",
      ],
      { minLength: 1 },
    );
    const authorizer = fc.constantFrom(LAMBDA, undefined, IAM);
    const routes = names.chain((list) =>
      fc.tuple(...list.map((name) => authorizer.map((one) => route(name, one)))),
    );
    fc.assert(
      fc.property(routes, (list) => {
        const service = serviceWith({ routes: list });
        const { guarded, open, unguarded } = starterPolicy(service);
        if (guarded.length === 0) return;
        const { sources, groupsFile } = sourcesOf(service);
        const { findings } = lint(sources, { service, groupsFile, switchedOff: new Map() });
        // Routes without an authorizer are what somebody has to fix in serverless.yml.
        const serious = findings.filter(({ severity }) => severity === "error");
        expect(serious.map(({ rule }) => rule).filter((rule) => rule !== "route-without-authorizer")).toEqual(
          [],
        );
        expect(serious.length === 0 || unguarded.length > 0).toBe(true);
        const policy = loadPolicy(sources);
        const { path, text } = starterPolicy(service).files.find((file) =>
          file.path.startsWith("tests/"),
        ) ?? {
          path: "",
          text: "",
        };
        const tests = parseTestFile(policy, path, text);
        expect(tests.findings).toEqual([]);
        const { failed, coverage } = runTestFiles(policy, parsePolicy(sources.rows).rows, [tests]);
        expect({ failed, percent: coverage.percent }).toEqual({ failed: 0, percent: 100 });
        const effect = (name: string, ...subjects: Subject[]) =>
          decide(policy, { route: name, subjects, parameters: {}, claims: {} }).effect;
        for (const name of guarded) {
          expect(effect(name, "role:authenticated", "group:admins")).toBe("allow");
          expect(effect(name, "role:authenticated")).toBe("deny");
          expect(effect(name, "role:machine")).toBe("deny");
        }
        for (const name of open) expect(policy.routeEntries.get(name)?.permissions).toEqual([]);
      }),
    );
  });
});
