import { createAppSyncAuthorizer } from "../../src/authorizers/appsync.ts";
import type { IamAnswer } from "../../src/authorizers/iam-answer.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import { appSyncEvent, dependencies, nowSeconds, tokenOf } from "../support/authorization.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// A gateway that keeps an answer for a token evaluates it for the next request of that token. Somebody switched such a
// cache on, against the lint rule: what an answer that was made for one request says of another must not be wider than
// what would have been decided. The gateways of the deploy rehearsal, which others wrote, are asked the same
// (test/deploy/caches.test.ts).

const ALICE = "11111111-1111-4111-8111-000000000001";
const BOB = "11111111-1111-4111-8111-000000000002";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, orders:list-own, allow, {userId}=sub
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /orders/{orderId}/notes, notes:read
g2, GET /users/{userId}/orders, orders:list-own
g2, GET /admin, admin:read
`);

interface Target {
  readonly route: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const target = (route: string, path: string, parameters: Target["parameters"] = {}): Target => ({
  route,
  path,
  parameters,
});

const TARGETS: readonly Target[] = [
  target("GET /orders/{orderId}", "/orders/1", { orderId: "1" }),
  target("GET /orders/{orderId}", "/orders/2", { orderId: "2" }),
  target("GET /orders/{orderId}", "/orders/admin", { orderId: "admin" }),
  target("DELETE /orders/{orderId}", "/orders/1", { orderId: "1" }),
  target("GET /orders/{orderId}/notes", "/orders/1/notes", { orderId: "1" }),
  target("GET /users/{userId}/orders", `/users/${ALICE}/orders`, { userId: ALICE }),
  target("GET /users/{userId}/orders", `/users/${BOB}/orders`, { userId: BOB }),
  target("GET /admin", "/admin"),
];

const arnOf = ({ route, path }: Target) =>
  `arn:aws:execute-api:us-east-1:111122223333:api/dev/${route.split(" ")[0]}${path}`;

/** Each gateway that may keep an IAM policy, with the field of its event that names the request. */
const gateways = GATEWAYS_UNDER_TEST.flatMap(({ keepsPolicyFor: arn, eventOf, authorizers, title }) => {
  if (arn === undefined) return [];
  const ask = async (deps: AuthorizerDependencies, at: Target, token: string) => {
    const event = { ...eventOf({ ...at, authorization: [token] }), [arn]: arnOf(at) };
    return (await authorizers[0](deps)(event)) as IamAnswer;
  };
  return [{ title, ask }];
});

test("several gateways may keep a policy", () => {
  expect(gateways.length).toBeGreaterThan(3);
});

/** What IAM says: a deny wins, then an allow; `*` is any text. */
function evaluate({ policyDocument }: IamAnswer, arn: string): "allow" | "deny" {
  const effects = policyDocument.Statement.filter(({ Resource }) =>
    Resource.some((pattern) =>
      new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(arn),
    ),
  ).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny") ? "allow" : "deny";
}

describe.each(gateways)("a kept answer of $title", ({ ask }) => {
  const deps = dependencies({ policy: () => POLICY });
  const alice = `Bearer ${tokenOf("alice")}`;

  test("allows the request that it was made for, and is not wider on any other route, order or method", async () => {
    for (const first of TARGETS) {
      const kept = await ask(deps, first, alice);
      for (const next of TARGETS) {
        const decided = evaluate(await ask(deps, next, alice), arnOf(next));
        const reused = evaluate(kept, arnOf(next));
        if (next === first) expect(reused).toBe(decided);
        else expect([first.path, next.path, reused]).toEqual([first.path, next.path, "deny"]);
      }
    }
  });

  test("of one caller says nothing of another's: the token is in every key", async () => {
    const own = target("GET /users/{userId}/orders", `/users/${ALICE}/orders`, { userId: ALICE });
    const kept = await ask(deps, own, alice);
    expect(evaluate(kept, arnOf(own))).toBe("allow");
    const sam = `Bearer ${tokenOf("sam")}`;
    expect(evaluate(await ask(deps, own, sam), arnOf(own))).toBe("deny");
  });

  test("is never made of an expired token", async () => {
    const first = target("GET /orders/{orderId}", "/orders/1", { orderId: "1" });
    const expired = `Bearer ${tokenOf("alice", { iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 })}`;
    const answer = ask(deps, first, expired);
    await expect(
      answer.then((kept) => evaluate(kept, arnOf(first))).catch((error: Error) => error.message),
    ).resolves.toMatch(/^(deny|Unauthorized)$/);
  });
});

describe("a kept answer of AppSync", () => {
  const fields = policyFrom(`
p, group:customers, orders:read, allow
g2, Query.orders, orders:read
g2, Mutation.deleteOrder, orders:delete
`);

  test("denies the same fields whichever operation it was made for", async () => {
    const authorizer = createAppSyncAuthorizer(dependencies({ policy: () => fields }), {
      ttl: 300,
      now: nowSeconds,
    });
    const event = appSyncEvent(tokenOf("alice"));
    const asking = (queryString: string) =>
      authorizer({ ...event, requestContext: { ...(event["requestContext"] as object), queryString } });
    for (const query of [
      "query { orders { id } }",
      "mutation { deleteOrder(id: 1) }",
      "",
      "{ __schema { types } }",
    ]) {
      expect(await asking(query)).toMatchObject({
        isAuthorized: true,
        deniedFields: ["Mutation.deleteOrder"],
      });
    }
  });

  test("ends with the token, and a refusal is not kept", async () => {
    const authorizer = createAppSyncAuthorizer(dependencies({ policy: () => fields }), {
      ttl: 300,
      now: nowSeconds,
    });
    const soon = await authorizer(appSyncEvent(tokenOf("alice", { exp: nowSeconds() + 5 })));
    expect(soon.ttlOverride).toBeLessThanOrEqual(5);
    expect(await authorizer(appSyncEvent("x.y.z"))).toEqual({ isAuthorized: false, ttlOverride: 0 });
  });
});
