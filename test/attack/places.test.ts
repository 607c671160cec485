import type { CustomDomains } from "../../src/authorizers/custom-domains.ts";
import { dependencies, OWN_DOMAIN, tokenOf } from "../support/authorization.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// Where a path begins is not for the caller to say. Behind `$default` everything depends on it: `/admin/users` is the
// users of the administrators, or the users below a stage or a base path that is called `admin`.

const POLICY = policyFrom(`
p, group:customers, shop:browse, allow
p, group:customers, users:list, allow
p, group:customers, orders:read, allow
p, group:admins, *, allow
g2, $default, shop:browse
g2, GET /users, users:list
g2, GET /admin/users, admin:list
g2, GET /v1/orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
`);

const DOMAINS: CustomDomains = new Map([
  ["shop.example.com", [{ basePath: "v1", stage: undefined }]],
  ["root.example.com", [{ basePath: "", stage: undefined }]],
]);

const http = GATEWAYS_UNDER_TEST.filter(({ name }) => name.startsWith("http"));
const v1 = http.filter(({ name }) => name === "http-v1");

async function ask(
  gateway: (typeof http)[number],
  who: string,
  attempt: Omit<Attempt, "authorization">,
  policy = POLICY,
) {
  const world = dependencies({ policy: () => policy, customDomains: DOMAINS });
  const authorization = [`Bearer ${tokenOf(who)}`];
  const answer = await gateway.ask(world, { route: "$default", parameters: {}, ...attempt, authorization });
  const [record] = world.records;
  const decided = record?.kind === "decided" ? record.decided : undefined;
  return { answer, code: decided?.by === "refusal" ? decided.error.code : undefined };
}

describe.each(http)("$name, on the API's own domain", (gateway) => {
  const admin = { stage: "admin", domainName: OWN_DOMAIN };

  test("a stage that is called like the first segment is a stage once", async () => {
    expect(await ask(gateway, "alice", { ...admin, path: "/admin/users" })).toMatchObject({
      answer: "allowed",
    });
    expect(await ask(gateway, "alice", { ...admin, path: "/admin/admin/users" })).toMatchObject({
      answer: "denied",
    });
    expect(await ask(gateway, "ada", { ...admin, path: "/admin/admin/users" })).toMatchObject({
      answer: "allowed",
    });
  });

  test("a path without its stage is refused", async () => {
    expect(await ask(gateway, "ada", { ...admin, path: "/users" })).toEqual({
      answer: "denied",
      code: "request_domain_unlisted",
    });
  });

  test("HEAD reaches nothing that GET does not", async () => {
    for (const path of ["/admin/users", "/users", "/elsewhere"]) {
      const { answer } = await ask(gateway, "alice", { method: "GET", path });
      expect(await ask(gateway, "alice", { method: "HEAD", path })).toMatchObject({ answer });
    }
  });
});

describe.each(http)("$name, on a custom domain", (gateway) => {
  const unlisted = { domainName: "api.example.com" };

  test.each([
    ["DELETE", "/v1/orders/17"],
    ["GET", "/shop/orders/9"],
    ["GET", "/admin/users"],
    ["HEAD", "/admin/users"],
    ["GET", "/elsewhere"],
  ])("that is not listed, %s %s is refused, since a finer row may be meant", async (method, path) => {
    const refused = { answer: "denied", code: "request_domain_unlisted" };
    expect(await ask(gateway, "alice", { ...unlisted, method, path })).toEqual(refused);
    expect(await ask(gateway, "ada", { ...unlisted, method, path })).toEqual(refused);
  });

  test("no header says which domain it is", async () => {
    const headers = { host: "root.example.com", "x-forwarded-host": OWN_DOMAIN };
    const attempt = { ...unlisted, headers, path: "/admin/users", method: "GET" };
    expect(await ask(gateway, "ada", attempt)).toMatchObject({ code: "request_domain_unlisted" });
  });

  test("that is not listed, a method without any row of its own is decided as `$default`", async () => {
    expect(await ask(gateway, "alice", { ...unlisted, method: "POST", path: "/carts" })).toMatchObject({
      answer: "allowed",
    });
  });

  test("that is not listed, a plain route is decided: the gateway says which", async () => {
    const attempt = {
      ...unlisted,
      stage: "v1",
      route: "GET /v1/orders/{orderId}",
      path: "/v1/orders/9",
      parameters: { orderId: "9" },
    };
    expect(await ask(gateway, "alice", attempt)).toMatchObject({ answer: "allowed" });
  });

  test("that is not listed, a greedy route is decided: its parameter says where it begins", async () => {
    const greedy = policyFrom(`
p, group:customers, shop:browse, allow
g2, ANY /{proxy+}, shop:browse
g2, DELETE /orders/{orderId}, orders:delete
`);
    const attempt = {
      ...unlisted,
      route: "ANY /{proxy+}",
      method: "DELETE",
      path: "/v1/orders/17",
      parameters: { proxy: "orders/17" },
    };
    expect(await ask(gateway, "alice", attempt, greedy)).toEqual({ answer: "denied", code: undefined });
  });

  test("at whose root the API is listed, a path is what it is", async () => {
    const listed = { domainName: "root.example.com", method: "GET" };
    expect(await ask(gateway, "alice", { ...listed, path: "/admin/users" })).toEqual({
      answer: "denied",
      code: undefined,
    });
    expect(await ask(gateway, "alice", { ...listed, path: "/users" })).toMatchObject({ answer: "allowed" });
  });

  test("at whose root the API is listed, a base path that the ARN does not have is refused", async () => {
    const unlisted = { domainName: "root.example.com", method: "GET", path: "/v1/admin/users" };
    const refused = { answer: "denied", code: "request_domain_unlisted" };
    expect(await ask(gateway, "alice", { ...unlisted, arnPath: "/admin/users" })).toEqual(refused);
    expect(await ask(gateway, "ada", { ...unlisted, arnPath: "/admin/users" })).toEqual(refused);
    expect(await ask(gateway, "alice", { ...unlisted, path: "/v1", arnPath: "/" })).toEqual(refused);
    expect(await ask(gateway, "alice", unlisted)).toMatchObject({ answer: "allowed" });
  });

  test("a stage that the list leaves open is not guessed", async () => {
    const listed = { domainName: "root.example.com", method: "GET", stage: "admin", path: "/admin/users" };
    expect(await ask(gateway, "ada", listed)).toMatchObject({ code: "request_domain_unlisted" });
  });
});

describe.each(http)("$name, without a domain in the event", (gateway) => {
  test("the path is the ARN's, and the headers say nothing", async () => {
    const attempt = {
      domainName: null,
      method: "GET",
      headers: { host: "root.example.com" },
      path: "/admin/users",
    };
    expect(await ask(gateway, "alice", attempt)).toEqual({ answer: "denied", code: undefined });
    expect(await ask(gateway, "ada", attempt)).toMatchObject({ answer: "allowed" });
  });
});

describe.each(v1)("$name, below a listed base path", (gateway) => {
  const listed = { domainName: "shop.example.com" };

  test("the path is decided without it", async () => {
    const removal = { ...listed, method: "DELETE", path: "/v1/orders/17", arnPath: "/orders/17" };
    expect(await ask(gateway, "alice", removal)).toEqual({ answer: "denied", code: undefined });
    expect(await ask(gateway, "ada", removal)).toMatchObject({ answer: "allowed" });
    const order = { ...listed, method: "GET", path: "/v1/v1/orders/17", arnPath: "/v1/orders/17" };
    expect(await ask(gateway, "alice", order)).toMatchObject({ answer: "allowed" });
  });

  test("a path whose ARN still has the base path is refused: it may be the route's own", async () => {
    const own = { ...listed, method: "GET", path: "/v1/admin/users", arnPath: "/v1/admin/users" };
    expect(await ask(gateway, "ada", own)).toEqual({ answer: "denied", code: "request_domain_unlisted" });
  });

  test("a path that only begins like the base path is refused", async () => {
    expect(await ask(gateway, "ada", { ...listed, method: "GET", path: "/v10/orders/17" })).toMatchObject({
      code: "request_domain_unlisted",
    });
  });
});
