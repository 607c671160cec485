import fc from "fast-check";
import { inexpressibleRoutes } from "../../../src/analysis/whole-api.ts";
import { createRestAuthorizer } from "../../../src/authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../../../src/authorizers/rest-token.ts";
import { parseRows } from "../../../src/policy/parse.ts";
import { resolveRoute } from "../../../src/policy/route-table.ts";
import { dependencies, restEvent, restTokenEvent, tokenOf } from "../../support/authorization.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, reports:read, deny
p, group:support, reports:read, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /reports, reports:read
g2, ANY /admin/{proxy+}, admin:all
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
      context: { mode: "api", permission: "", determining: "" },
    };
    const byToken = createRestTokenAuthorizer(deps(), options);
    for (const path of ["/orders/1", "/reports", "/admin/x"]) {
      expect(await byToken(restTokenEvent({ token: token("alice"), path }))).toMatchObject(expected);
    }
    const byRequest = createRestAuthorizer(deps(), options);
    const event = restEvent({ headers: { Authorization: token("alice") } });
    expect(await byRequest(event)).toMatchObject(expected);
  });

  it("is a deny of everything for somebody who may nothing", async () => {
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
          by: "policy-for-all",
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

// The law that makes it safe to keep: where the build finds nothing inexpressible, the answer that was made for one
// request is right for every other.
describe("whatever the routes", () => {
  const segment = fc.constantFrom("a", "b", "{x}");
  const route = fc
    .tuple(fc.constantFrom("GET", "HEAD", "POST", "ANY"), fc.array(segment, { minLength: 1, maxLength: 3 }))
    .map(([method, path]) => `${method} /${path.map((one, at) => one.replace("{x}", `{x${at}}`)).join("/")}`);
  const rows = fc.uniqueArray(fc.tuple(route, fc.constantFrom("p:one", "p:two", "p:three")), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 5,
  });
  const granted = fc.subarray(["p:one", "p:two", "p:three"]);

  it("a kept answer says of each request what a new one would say, or the build refuses", async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(rows, granted, async (routes, permissions) => {
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
            // No authorizer is asked where the API has no method.
            if (resolveRoute(policy, matched).route === undefined) continue;
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
      { numRuns: 150 },
    );
    expect(kept).toBeGreaterThan(20);
  });
});

const PATHS = ["/a", "/b", "/z", "/a/a", "/a/b", "/a/z", "/b/z", "/z/a", "/a/b/a", "/z/z/z", "/a/z/b"];

/** What IAM makes of the answer: a deny wins, and `*` is any text. */
function evaluate(
  answer: Awaited<ReturnType<ReturnType<typeof createRestTokenAuthorizer>>>,
  arn: string,
): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn);
  const effects = answer.policyDocument.Statement.filter(({ Resource }) => Resource.some(matches)).map(
    ({ Effect }) => Effect,
  );
  return effects.includes("Allow") && !effects.includes("Deny");
}
