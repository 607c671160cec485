import fc from "fast-check";
import { createRestAuthorizer } from "../../../src/authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../../../src/authorizers/rest-token.ts";
import { parseRows } from "../../../src/policy/parse.ts";
import { resolveRoute } from "../../../src/policy/route-table.ts";
import { inexpressibleRoutes } from "../../../src/tools/lint/whole-api.ts";
import { dependencies, restEvent, restTokenEvent, tokenOf } from "../../support/authorization.ts";
import { drawn, partOf } from "../../support/drawn.ts";
import { nastyPath } from "../../support/generate-route.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, reports:read, deny
p, group:support, reports:read, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /reports, reports:read
g2, ANY /admin/{proxy+}, admin:all
`);
/**
 * \`HEAD\` of a public \`GET\` that has \`ANY\` beside it: the gateway asks for it, and the policy opens it to nobody.
 */
const WITH_PUBLIC = policyFrom(`
p, group:customers, orders:read, allow
g2, GET /orders/{orderId}, public
g2, ANY /orders/{orderId}, orders:read
`);
const STAGE = "arn:aws:execute-api:us-east-1:111122223333:def456/dev";

const options = { wholeApi: true };
const deps = () => dependencies({ policy: () => POLICY });
const token = (name: string) => `Bearer ${tokenOf(name)}`;

describe("one answer for a whole REST API", () => {
  it("names every route, each in an explicit statement, whichever is asked for", async () => {
    const adminPatterns = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map(
      (method) => `${STAGE}/${method}/admin/*`,
    );
    const expected = {
      principalId: "11111111-1111-4111-8111-000000000001",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "execute-api:Invoke",
            Effect: "Allow",
            Resource: [`${STAGE}/GET/orders/*`, `${STAGE}/HEAD/orders/*`],
          },
          {
            Action: "execute-api:Invoke",
            Effect: "Deny",
            Resource: [...adminPatterns, `${STAGE}/GET/reports`, `${STAGE}/HEAD/reports`],
          },
        ],
      },
      context: { mode: "whole-api", permission: "", determining: "" },
    };
    const byToken = createRestTokenAuthorizer(deps(), options);
    for (const path of ["/orders/1", "/reports", "/admin/x"]) {
      expect(await byToken(restTokenEvent({ token: token("alice"), path }))).toMatchObject(expected);
    }
    const byRequest = createRestAuthorizer(deps(), options);
    const event = restEvent({ headers: { Authorization: token("alice") } });
    expect(await byRequest(event)).toMatchObject(expected);
  });

  it("denies everything to a caller without permissions", async () => {
    const answer = await createRestTokenAuthorizer(
      deps(),
      options,
    )(restTokenEvent({ token: token("nobody") }));
    expect(answer.policyDocument.Statement.map(({ Effect }) => Effect)).toEqual(["Deny"]);
  });

  it("is recorded in one line with all routes", async () => {
    const recorded = deps();
    await createRestTokenAuthorizer(recorded, options)(restTokenEvent({ token: token("alice") }));
    expect(recorded.records).toMatchObject([
      {
        kind: "decided",
        decided: {
          by: "policy-for-whole-api",
          routes: [
            { route: "ANY /admin/{proxy+}", effect: "deny" },
            { route: "GET /orders/{orderId}", effect: "allow" },
            { route: "GET /reports", effect: "deny" },
          ],
        },
      },
    ]);
  });

  it("refuses a stage that would be a pattern, and a bad token", async () => {
    const authorizer = createRestTokenAuthorizer(deps(), options);
    const wild = restTokenEvent({
      token: token("alice"),
      methodArn: `${STAGE.replace("dev", "*")}/GET/reports`,
    });
    await expect(authorizer(wild)).rejects.toThrow("the authorizer could not decide");
    await expect(authorizer(restTokenEvent({ token: "x" }))).rejects.toEqual(new Error("Unauthorized"));
  });
});

describe("the request at hand", () => {
  const atHand = (parts: Parameters<typeof restEvent>[0], more: object = {}) => ({
    ...restEvent({ headers: { Authorization: token("alice") }, ...parts }),
    ...more,
  });
  const [order, other] = [`${STAGE}/GET/orders/1`, `${STAGE}/GET/orders/2`];

  it("is denied with a header that asks for another method, and the rest of the answer stays", async () => {
    const recorded = deps();
    const headers = { Authorization: token("alice"), "X-HTTP-Method-Override": "DELETE" };
    const answer = await createRestAuthorizer(recorded, options)(atHand({ path: "/orders/1", headers }));
    expect(answer.policyDocument.Statement.at(-1)).toMatchObject({
      Effect: "Deny",
      Resource: expect.arrayContaining([order]) as unknown,
    });
    expect([evaluate(answer, order), evaluate(answer, other)]).toEqual([false, true]);
    expect(recorded.records).toMatchObject([
      { kind: "decided", decided: { by: "refusal", error: { code: "request_not_canonical" } } },
    ]);
  });

  it.each([
    ["a dot segment", "%2e%2e"],
    ["a hidden slash", "a%2Fb"],
    ["an empty segment", "/1"],
    ["a trailing slash", "1/"],
    ["an asterisk", "*"],
    ["a question mark", "%3F"],
    ["a dollar", "$x"],
    ["a control character", "a%0A"],
    ["an escape that is escaped", "%2531"],
    ["more than an ARN takes", "x".repeat(600)],
  ])("is denied with %s in its path, in whatever spelling it is evaluated", async (_what, id) => {
    const path = `/orders/${id}`;
    const methodArn = `${STAGE}/GET${path}`;
    const event = atHand({ path, pathParameters: { orderId: id }, methodArn });
    for (const answer of [
      await createRestAuthorizer(deps(), options)(event),
      await createRestTokenAuthorizer(deps(), options)(restTokenEvent({ token: token("alice"), methodArn })),
    ]) {
      for (const spelled of [methodArn, decodeURIComponent(methodArn)]) {
        expect([spelled, evaluate(answer, spelled)]).toEqual([spelled, false]);
      }
      const resources = answer.policyDocument.Statement.flatMap(({ Resource }) => Resource);
      expect(resources.filter((resource) => resource.length > 512)).toEqual([]);
      expect(evaluate(answer, `${STAGE}/HEAD/orders/2`)).toBe(true);
    }
  });

  it("is denied where path and template do not agree, and where the policy does not know its route", async () => {
    const authorizer = createRestAuthorizer(deps(), options);
    const differing = atHand({ path: "/orders/1", pathParameters: { orderId: "2" } });
    expect(evaluate(await authorizer(differing), order)).toBe(false);
    const unknown = atHand({ path: "/unknown", methodArn: `${STAGE}/GET/unknown` }, { resource: "/unknown" });
    const denied = (await authorizer(unknown)).policyDocument.Statement.find(
      ({ Effect }) => Effect === "Deny",
    );
    expect(denied?.Resource).toContain(`${STAGE}/GET/unknown`);
  });

  it("is let through where the stage only reports, unless no answer can name it", async () => {
    const reporting = (parts: Parameters<typeof restEvent>[0]) =>
      createRestAuthorizer({ ...deps(), reportOnly: true }, options)(atHand(parts));
    const headers = { Authorization: token("alice"), "X-HTTP-Method-Override": "DELETE" };
    expect(evaluate(await reporting({ path: "/orders/1", headers }), order)).toBe(true);
    const starred = `${STAGE}/GET/orders/*`;
    const path = { path: "/orders/*", pathParameters: { orderId: "*" }, methodArn: starred };
    expect(evaluate(await reporting(path), starred)).toBe(false);
  });

  it("is decided as an answer for it alone decides it, whatever its path and headers are", async () => {
    const seen = { allowed: 0, denied: 0 };
    const request = fc.record({
      id: fc.oneof(
        nastyPath.map((path) => path.replace(/^\/+/, "")),
        fc.constantFrom("1", "order-2", "a%20b"),
      ),
      override: fc.constantFrom(undefined, undefined, "GET", "DELETE"),
      method: fc.constantFrom("GET", "GET", "HEAD", "DELETE"),
      policy: fc.constantFrom(POLICY, WITH_PUBLIC),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ id, override, method, policy }) => {
        const world = () => dependencies({ policy: () => policy });
        const path = `/orders/${id}`;
        const methodArn = `${STAGE}/${method}${path}`;
        const headers = {
          Authorization: token("alice"),
          ...(override !== undefined && { "X-HTTP-Method-Override": override }),
        };
        const event = atHand(
          { path, headers, pathParameters: { orderId: id }, methodArn },
          { httpMethod: method },
        );
        const one = await createRestAuthorizer(world())(event);
        const alone = one.policyDocument.Statement[0]?.Effect === "Allow";
        seen[alone ? "allowed" : "denied"] += 1;
        expect(evaluate(await createRestAuthorizer(world(), options)(event), methodArn)).toBe(alone);
      }),
      drawn(500),
    );
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(partOf(50));
  });
});

// The law that makes it safe to keep: where the build finds nothing inexpressible, the answer that was made for one
// request is right for every other.
describe("whatever the routes", () => {
  const segment = fc.constantFrom("a", "b", "{x}");
  const template = fc
    .array(segment, { minLength: 1, maxLength: 3 })
    .map((path) => `/${path.map((one, at) => one.replace("{x}", `{x${at}}`)).join("/")}`);
  const route = fc.tuple(fc.constantFrom("GET", "HEAD", "POST", "ANY"), template).map((one) => one.join(" "));
  const publicBesideAny = template.map((path) => [
    [`GET ${path}`, "public"] as const,
    [`ANY ${path}`, "p:one"] as const,
  ]);
  const opened = fc.constantFrom("p:one", "p:two", "p:three", "public");
  const rows = fc.uniqueArray(fc.tuple(route, opened), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 5,
  });
  const granted = fc.subarray(["p:one", "p:two", "p:three"]);

  it("a kept answer has no `HEAD` of a public `GET`, for which it was not asked", async () => {
    const authorizer = createRestTokenAuthorizer(dependencies({ policy: () => WITH_PUBLIC }), options);
    const answer = await authorizer(
      restTokenEvent({ token: token("alice"), method: "POST", path: "/orders/1" }),
    );
    expect(evaluate(answer, `${STAGE}/POST/orders/2`)).toBe(true);
    expect(evaluate(answer, `${STAGE}/HEAD/orders/2`)).toBe(false);
  });

  it("the build refuses a route whose pattern matches `HEAD` of a public `GET` next to an `ANY`", () => {
    const rows = (more: string) =>
      parseRows("a.csv", `g2, GET /a/b, public\ng2, GET /a/{x}, p:one\n${more}`).rows;
    expect(inexpressibleRoutes(rows("g2, ANY /a/b, p:one\n")).map(({ row }) => row.line)).toEqual([2]);
    expect(inexpressibleRoutes(rows(""))).toEqual([]);
  });

  it("a kept answer says of each request what a new one would say, or the build refuses", async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(rows, fc.option(publicBesideAny), granted, async (some, more, permissions) => {
        const routes = [...new Map([...some, ...(more ?? [])])];
        const csv = [
          ...routes.map(([name, permission]) => `g2, ${name}, ${permission}`),
          ...permissions.map((permission) => `p, group:customers, ${permission}, allow`),
        ].join("\n");
        const policy = policyFrom(csv);
        if (inexpressibleRoutes(parseRows("test.csv", csv).rows).length > 0) return;
        kept += 1;
        const world = dependencies({ policy: () => policy });
        const one = createRestTokenAuthorizer(world);
        const all = createRestTokenAuthorizer(world, { wholeApi: true });
        const answer = await all(restTokenEvent({ token: token("alice"), path: "/a" }));
        for (const path of PATHS) {
          for (const method of ["GET", "HEAD", "POST", "DELETE"]) {
            const matched = {
              method,
              template: undefined,
              path,
              encoding: "encoded",
              parameters: {},
            } as const;
            if (!isAsked(policy, method, resolveRoute(policy, matched).route)) continue;
            const event = restTokenEvent({ token: token("alice"), path, method });
            const single = await one(event);
            const expected = single.policyDocument.Statement[0]?.Effect === "Allow";
            expect([method, path, evaluate(answer, String(event["methodArn"]))]).toEqual([
              method,
              path,
              expected,
            ]);
          }
        }
      }),
      drawn(150),
    );
    expect(kept).toBeGreaterThan(20);
  });
});

/** No authorizer is asked where the API has no method, nor where the method is public. */
function isAsked(policy: typeof POLICY, method: string, route: string | undefined): boolean {
  const guarded = (name: string) => (policy.routeEntries.get(name)?.permissions.length ?? 0) > 0;
  if (route === undefined || guarded(route)) return route !== undefined;
  // The method of a public \`GET\` is \`ANY\` for \`HEAD\`.
  return method === "HEAD" && route.startsWith("GET ") && guarded(route.replace("GET", "ANY"));
}

const PATHS = ["/a", "/b", "/z", "/a/a", "/a/b", "/a/z", "/b/z", "/z/a", "/a/b/a", "/z/z/z", "/a/z/b"];

/** What IAM makes of the answer: a deny wins, and `*` is any text. */
function evaluate(
  answer: Awaited<ReturnType<ReturnType<typeof createRestTokenAuthorizer>>>,
  arn: string,
): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s").test(arn);
  const effects = answer.policyDocument.Statement.filter(({ Resource }) => Resource.some(matches)).map(
    ({ Effect }) => Effect,
  );
  return effects.includes("Allow") && !effects.includes("Deny");
}
