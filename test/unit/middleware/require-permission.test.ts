import middy from "@middy/core";
import { type Caller, encodeCaller } from "../../../src/authorizers/caller.ts";
import { createPermissionGuard, ForbiddenError } from "../../../src/middleware/require-permission.ts";
import { callerWith } from "../../support/caller.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
p, role:clerk, orders:read, allow
p, role:clerk, orders:own, allow, {userId}=sub
p, role:clerk, orders:refund, allow, max_age=300
p, role:clerk, orders:refund, allow, max_age=60
g, group:staff, role:clerk
g2, GET /orders, orders:read
`);

const CALLER = callerWith({ conditionClaims: { sub: "user-1" }, policyVersion: POLICY.version });

const context = (changes: Partial<Caller> = {}) => encodeCaller({ ...CALLER, ...changes });
const restEvent = (more: object = {}, changes: Partial<Caller> = {}) => ({
  requestContext: { authorizer: context(changes) },
  ...more,
});

const told: string[] = [];
const { requirePermission, check } = createPermissionGuard({
  policy: () => POLICY,
  now: () => 1_000,
  onRefusal: ({ refusal }, permission) => told.push(`${permission} ${refusal}`),
});

/** A handler behind the real middy. */
const guarded = (...args: Parameters<typeof requirePermission>) => {
  const handler = middy(() => Promise.resolve({ statusCode: 200 as number, body: "done" }));
  handler.use(requirePermission(...args) as middy.MiddlewareObj);
  return (event: object) => handler(event, {} as never);
};

beforeEach(() => {
  told.length = 0;
});

describe("requirePermission, as a middy middleware", () => {
  it("lets the handler run for who has the permission", async () => {
    expect(await guarded("orders:read")(restEvent())).toEqual({ statusCode: 200, body: "done" });
    expect(told).toEqual([]);
  });

  it("answers 403 with one word, before the handler runs, and tells the reason to the log alone", async () => {
    expect(await guarded("orders:delete")(restEvent())).toMatchObject({
      statusCode: 403,
      headers: { "cache-control": "no-store" },
      body: '{"message":"Forbidden"}',
    });
    expect(told).toEqual(["orders:delete permission_denied"]);
  });

  it("answers 403 where the function has no authorizer, and 401 where the token has ended", async () => {
    expect(await guarded("orders:read")({ requestContext: {} })).toMatchObject({ statusCode: 403 });
    expect(await guarded("orders:read")(restEvent({}, { expiresAt: 999 }))).toMatchObject({
      statusCode: 401,
      body: '{"message":"Unauthorized"}',
    });
    expect(told).toEqual(["orders:read caller_missing", "orders:read token_expired"]);
  });

  it("compares the path parameters of the event, or what the handler names", async () => {
    const own = guarded("orders:own");
    expect(await own(restEvent({ pathParameters: { userId: "user-1" } }))).toMatchObject({ statusCode: 200 });
    expect(await own(restEvent({ pathParameters: { userId: "user-2" } }))).toMatchObject({ statusCode: 403 });
    expect(await own(restEvent({ pathParameters: null }))).toMatchObject({ statusCode: 403 });
    // The body is not where it looks, unless it is told to.
    expect(await own(restEvent({ body: '{"userId":"user-1"}' }))).toMatchObject({ statusCode: 403 });
    expect(await guarded("orders:own", { userId: "user-1" })(restEvent())).toMatchObject({ statusCode: 200 });
    const byBody = guarded(
      "orders:own",
      (event) => JSON.parse(String((event as { body: string }).body)) as Record<string, string>,
    );
    expect(await byBody(restEvent({ body: '{"userId":"user-1"}' }))).toMatchObject({ statusCode: 200 });
  });

  it("answers 401 and asks for a new sign-in where the last one is too old, as RFC 9470 has it", async () => {
    const refund = guarded("orders:refund");
    expect(await refund(restEvent({}, { authTime: 700 }))).toMatchObject({ statusCode: 200 });
    expect(await refund(restEvent({}, { authTime: 699 }))).toEqual({
      statusCode: 401,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "www-authenticate":
          'Bearer error="insufficient_user_authentication", error_description="a more recent sign-in is required", max_age="300"',
      },
      body: '{"message":"Unauthorized"}',
    });
    expect(told).toEqual(["orders:refund sign_in_too_old"]);
    // A new sign-in would not help who may not refund at all.
    const stranger = restEvent({}, { authTime: 699, subjects: ["role:authenticated"] });
    expect(await refund(stranger)).toMatchObject({ statusCode: 403 });
  });

  it("throws where the event has no answer to refuse with, as in an AppSync resolver", async () => {
    const resolver = (changes: Partial<Caller> = {}) => ({ identity: { resolverContext: context(changes) } });
    expect(await guarded("orders:read")(resolver())).toMatchObject({ statusCode: 200 });
    await expect(guarded("orders:delete")(resolver())).rejects.toEqual(new ForbiddenError(403));
    await expect(guarded("orders:read")({})).rejects.toEqual(new ForbiddenError(403));
  });

  it("is refused at once for a string that is not a permission", () => {
    expect(() => requirePermission("orders")).toThrow(
      "`orders` is not a permission: expected `resource:action`",
    );
  });
});

describe("check, as a plain function", () => {
  it("says what came of it, and does nothing", async () => {
    expect(await check(restEvent(), "orders:read")).toMatchObject({ allowed: true });
    expect(await check(restEvent(), "orders:own", { userId: "user-2" })).toMatchObject({
      allowed: false,
      refusal: "permission_denied",
    });
  });
});
