import type { Gateway } from "../../src/authorizers/outcome.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import type { Answer } from "../support/gateways/answer.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// Alice is a customer. She may read any order by its id and list her own, and nothing else. She sends each request
// below to every gateway that has paths, in the form in which the gateway would hand it on.

const ALICE = "11111111-1111-4111-8111-000000000001";
const BOB = "11111111-1111-4111-8111-000000000002";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, orders:list-own, allow, {userId}=sub
p, group:customers, files:read, allow
p, group:customers, files:secret, deny
p, group:admins, *, allow
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /admin, admin:read
g2, GET /admin/{proxy+}, admin:read
g2, GET /users/{userId}/orders, orders:list-own
g2, GET /files/{proxy+}, files:read
g2, GET /files/secret/{name}, files:secret
`);

const gateways = GATEWAYS_UNDER_TEST.filter(({ hasPaths }) => hasPaths);

const ask = (gateway: (typeof gateways)[number], attempt: Omit<Attempt, "authorization">, who = "alice") =>
  gateway.ask(dependencies({ policy: () => POLICY }), {
    ...attempt,
    authorization: [`Bearer ${tokenOf(who)}`],
  });

interface Case {
  readonly what: string;
  /** Why it comes out so. */
  readonly because: string;
  readonly attempt: Omit<Attempt, "authorization">;
  /** What every gateway answers, but those that are named. */
  readonly answer: Answer;
  readonly but?: Partial<Readonly<Record<Gateway, Answer>>>;
}

const order = (id: string): Omit<Attempt, "authorization"> => ({
  route: "GET /orders/{orderId}",
  path: `/orders/${id}`,
  parameters: { orderId: id },
});
const listOf = (path: string, userId: string): Omit<Attempt, "authorization"> => ({
  route: "GET /users/{userId}/orders",
  path: `/users/${path}/orders`,
  parameters: { userId },
});
const file = (rest: string): Omit<Attempt, "authorization"> => ({
  route: "GET /files/{proxy+}",
  path: `/files/${rest}`,
  parameters: { proxy: rest },
});

const CASES: readonly Case[] = [
  // The plain requests that the others are measured by.
  { what: "an order by its id", because: "a row grants it", attempt: order("order-1"), answer: "allowed" },
  { what: "the own list", because: "the condition holds", attempt: listOf(ALICE, ALICE), answer: "allowed" },
  { what: "the list of bob", because: "the condition fails", attempt: listOf(BOB, BOB), answer: "denied" },
  { what: "a file", because: "a row grants it", attempt: file("a/b.txt"), answer: "allowed" },
  { what: "a secret file", because: "a row denies it", attempt: file("secret/x"), answer: "denied" },
  // Ways out of a segment.
  ...["..", "%2e%2e", "%2E%2e", ".", "%2e", "..%2f..%2fadmin", "%2e%2e%2fadmin", "x%2f..%2f..%2fadmin"].map(
    (id): Case => ({
      what: `an order called ${id}`,
      because: "a dot segment, or a slash that one of two readers decodes",
      attempt: order(id),
      answer: "denied",
    }),
  ),
  ...["a%2Fb", "a%2fb", "a%5Cb", "a\\b", "%252e%252e", "a%252Fb", "%25%32%66"].map(
    (id): Case => ({
      what: `an order called ${id}`,
      because: "a slash or an escape hides behind one or two decodings",
      attempt: order(id),
      answer: "denied",
    }),
  ),
  ...["/", "//", "%2F"].map(
    (tail): Case => ({
      what: `an order with ${tail} behind it`,
      because: "an empty segment: the backend may take it for another route",
      attempt: { ...order("order-1"), path: `/orders/order-1${tail}` },
      answer: "denied",
    }),
  ),
  {
    what: "two slashes before the order",
    because: "an empty segment",
    attempt: { ...order("order-1"), path: "/orders//order-1" },
    answer: "denied",
  },
  // Names that are not names.
  ...["*", "%2A", "?", "%3F", "$", "%24default", "${*}", "a*b"].map(
    (id): Case => ({
      what: `an order called ${id}`,
      because: "it would be a pattern or a variable in an IAM policy",
      attempt: order(id),
      answer: "denied",
    }),
  ),
  ...["a%00", "a%0A", "a%0D%0AX:1", "a\n", "%E2%80%8B", "a%7F", "%ED%A0%80", "%FF"].map(
    (id): Case => ({
      what: `an order called ${JSON.stringify(id)}`,
      because: "a control or invisible character, or an escape that does not decode",
      attempt: order(id),
      answer: "denied",
    }),
  ),
  {
    what: "an order called %",
    because:
      "an escape that does not decode; a gateway that decodes delivers a percent sign, which is a character",
    attempt: order("%"),
    answer: "denied",
    but: { "http-v1": "allowed", http: "allowed", "http-policy": "allowed" },
  },
  // Names that look odd and are names.
  ...["1;v=1", "2026:11:26", "a@b", "a+b", "a=b&c", "~x", "a,b", "%C3%BC", "a%20b"].map(
    (id): Case => ({
      what: `an order called ${id}`,
      because: "any text is an id; it is decided as the plain request is, and the backend will not find it",
      attempt: order(id),
      answer: "allowed",
    }),
  ),
  // A route that the gateway did not match.
  ...[
    "/Orders/order-1",
    "/ORDERS/order-1",
    "/оrders/order-1",
    "/%D0%BErders/order-1",
    "/ｏrders/order-1",
  ].map(
    (path): Case => ({
      what: `the order by ${path}`,
      because: "another case or another alphabet is another path: it does not fit the route",
      attempt: { ...order("order-1"), path },
      answer: "denied",
    }),
  ),
  {
    what: "an order by a letter that is escaped",
    because: "the gateway decoded it; a TOKEN authorizer, which has to find the route itself, does not guess",
    attempt: { ...order("order-1"), path: "/%6Frders/order-1" },
    answer: "allowed",
    but: { "rest-token": "denied" },
  },
  {
    what: "/admin",
    because: "no row grants it",
    attempt: { route: "GET /admin", path: "/admin" },
    answer: "denied",
  },
  {
    what: "/admin as a greedy file",
    because: "the path leaves the files",
    attempt: { route: "GET /files/{proxy+}", path: "/files/../admin", parameters: { proxy: "../admin" } },
    answer: "denied",
  },
  {
    what: "a secret file by another case",
    because: "it is another file; the deny is on the path that the framework behind the greedy route sees",
    attempt: file("Secret/x"),
    answer: "allowed",
  },
  ...["secret;v=1/x", "secret/x;v=1/y", "\u0455ecret/x"].map(
    (rest): Case => ({
      what: `a secret file by ${rest}`,
      because:
        "it is another path; that a framework may cut `;v=1` off or fold letters is out of the promise",
      attempt: file(rest),
      answer: "allowed",
    }),
  ),
  ...["./secret/x", "secret//x", "%73ecret/../secret/x", "secret%2Fx", "x/%2e%2e/secret/x"].map(
    (rest): Case => ({
      what: `a secret file by ${rest}`,
      because: "not canonical, so nobody decides which file it is",
      attempt: file(rest),
      answer: "denied",
    }),
  ),
  {
    what: "a secret file by a letter that is escaped",
    because: "decoded once it is the denied route; a TOKEN authorizer refuses the escape",
    attempt: file("%73ecret/x"),
    answer: "denied",
  },
  // Somebody else's parameter.
  {
    what: "the list of bob, with the own id as the parameter",
    because: "path and parameters have to agree; a TOKEN authorizer reads the path",
    attempt: listOf(BOB, ALICE),
    answer: "denied",
  },
  {
    what: "the own list, with the id of bob as the parameter",
    because: "path and parameters have to agree; a TOKEN authorizer has no parameters and reads the path",
    attempt: listOf(ALICE, BOB),
    answer: "denied",
    but: { "rest-token": "allowed" },
  },
  ...[
    `${BOB}%00${ALICE}`,
    `${ALICE}/../${BOB}`,
    `${ALICE}%2F..%2F${BOB}`,
    `${ALICE}?${BOB}`,
    `${ALICE}%20`,
  ].map(
    (id): Case => ({
      what: `the list of ${id}`,
      because: "it is not the own id",
      attempt: listOf(id, id),
      answer: "denied",
    }),
  ),
  // Methods.
  {
    what: "a deletion",
    because: "no row grants it",
    attempt: { ...order("order-1"), route: "DELETE /orders/{orderId}" },
    answer: "denied",
  },
  ...["X-HTTP-Method-Override", "x-http-method-override", "X-HTTP-Method", "X-Method-Override"].map(
    (header): Case => ({
      what: `a deletion by ${header}`,
      because:
        "a backend may act on it; a TOKEN authorizer sees no header, so a REST API in front must drop it",
      attempt: { ...order("order-1"), headers: { [header]: "DELETE" } },
      answer: "denied",
      but: { "rest-token": "allowed" },
    }),
  ),
  // Length.
  {
    what: "an order whose id has 8 KB",
    because: "an IAM policy cannot name it; where no ARN is answered it is an id like any other",
    attempt: order("x".repeat(8_192)),
    answer: "denied",
    but: Object.fromEntries(
      gateways
        .filter(({ keepsPolicyFor }) => keepsPolicyFor === undefined)
        .map(({ name }) => [name, "allowed"]),
    ),
  },
];

describe.each(gateways)("$name", (gateway) => {
  test.each(CASES)("$what: $answer, since $because", async ({ attempt, answer, but }) => {
    expect(await ask(gateway, attempt)).toBe(but?.[gateway.name] ?? answer);
  });

  test("none of it opens more to a caller without permissions", async () => {
    for (const { attempt } of CASES) expect(await ask(gateway, attempt, "nobody")).toBe("denied");
  });

  test("none of it crashes for an administrator, or is an error", async () => {
    for (const { attempt } of CASES)
      expect(["allowed", "denied"]).toContain(await ask(gateway, attempt, "ada"));
  });
});
