import { encodeCaller } from "../../../../src/authorizers/caller.ts";
import { ClaimgateError } from "../../../../src/errors.ts";
import { createExpressGuard } from "../../../../src/middleware/frameworks/express.ts";
import { createHonoGuard } from "../../../../src/middleware/frameworks/hono.ts";
import { createPowertoolsGuard } from "../../../../src/middleware/frameworks/powertools.ts";
import type { ServerGuardOptions } from "../../../../src/middleware/frameworks/web-adapter.ts";
import { httpEvent } from "../../../support/authorization.ts";
import { callerWith } from "../../../support/caller.ts";
import { policyFrom } from "../../../support/policy.ts";

// The shapes of the frameworks, without them: test/frameworks has the real ones.

const POLICY = policyFrom(`
p, group:staff, orders:read, allow
p, group:staff, orders:own, allow, {userId}=sub
p, group:staff, files:read, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /users/{userId}/orders, orders:own
g2, GET /files/{path+}, files:read
`);

const CALLER = callerWith({ conditionClaims: { sub: "user-1" }, policyVersion: POLICY.version });

/** An event behind an authorizer. */
const eventOf = (parts: Parameters<typeof httpEvent>[0] = {}, sub = "user-1") => {
  const event = httpEvent({
    routeKey: "GET /orders/{orderId}",
    rawPath: "/orders/order-1",
    pathParameters: { orderId: "order-1" },
    ...parts,
  });
  const lambda = encodeCaller({ ...CALLER, sub });
  return { ...event, requestContext: { ...event.requestContext, authorizer: { lambda } } };
};

interface Call {
  readonly event?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Came {
  /** `handler` if it ran. */
  readonly by: "handler" | "guard" | "error";
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly error?: unknown;
  /** What `access` says to the handler. */
  readonly sub?: string;
  readonly parameters?: object;
}

type Ask = (options: ServerGuardOptions, permission: string, call: Call) => Promise<Came>;

const ofResponse = async (response: Response): Promise<Came> => ({
  by: "guard",
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.json(),
});

const hono: Ask = async (options, permission, { event, params = {}, headers = {} }) => {
  const guard = createHonoGuard(options);
  const raw = new Request("https://api.example.com/orders/order-1", { headers });
  const context = { env: { event }, req: { raw, param: () => params } };
  let came: Came | undefined;
  const next = () => {
    const { caller, parameters } = guard.access(context);
    came = { by: "handler", sub: caller.sub, parameters: { ...parameters } };
    return Promise.resolve();
  };
  const response = await guard.requirePermission(permission)(context, next);
  return came ?? ofResponse(response as Response);
};

const powertools: Ask = async (options, permission, { event, params = {} }) => {
  const guard = createPowertoolsGuard(options);
  const reqCtx = { event, params };
  let came: Came | undefined;
  const next = () => {
    const { caller, parameters } = guard.access(reqCtx);
    came = { by: "handler", sub: caller.sub, parameters: { ...parameters } };
    return Promise.resolve();
  };
  const response = await guard.requirePermission(permission)({ reqCtx, next });
  return came ?? ofResponse(response as Response);
};

/** As `serverless-http` does it. */
const carrying = (event: unknown) => {
  const requestContext = (event as { requestContext?: unknown } | undefined)?.requestContext;
  return event === undefined ? {} : { apiGateway: { event }, requestContext };
};

const express: Ask = (options, permission, { event, params = {}, headers = {} }) => {
  const guard = createExpressGuard(options);
  const request = { headers, params, originalUrl: "/orders/order-1", ...carrying(event) };
  return new Promise((resolve, reject) => {
    const sent: { status?: number; headers?: Readonly<Record<string, string>> } = {};
    const response = {
      writeHead: (status: number, more: Readonly<Record<string, string>>) =>
        Object.assign(sent, { status, headers: more }),
      end: (body: string) => resolve({ by: "guard", ...sent, body: JSON.parse(body) as unknown }),
    };
    guard.requirePermission(permission)(request, response, (error) => {
      if (error !== undefined) {
        reject(error as Error);
        return;
      }
      const { caller, parameters } = guard.access(request);
      resolve({ by: "handler", sub: caller.sub, parameters: { ...parameters } });
    });
  });
};

const told: unknown[] = [];
const OPTIONS: ServerGuardOptions = {
  policy: () => POLICY,
  now: () => 1_000,
  onRefusal: ({ refusal, code, caller }, permission) => told.push([permission, refusal, code, caller?.sub]),
};

beforeEach(() => {
  told.length = 0;
});

describe.each([
  ["Hono", hono],
  ["Express", express],
  ["Powertools", powertools],
])("the guard of %s", (framework, ask) => {
  it("lets the handler run, which learns the caller and the parameters that were decided on", async () => {
    expect(await ask(OPTIONS, "orders:read", { event: eventOf(), params: { orderId: "order-1" } })).toEqual({
      by: "handler",
      sub: "user-1",
      parameters: { orderId: "order-1" },
    });
    expect(told).toEqual([]);
  });

  it("answers 403 with the body and the headers of the middy guard", async () => {
    expect(await ask(OPTIONS, "orders:delete", { event: eventOf() })).toEqual({
      by: "guard",
      status: 403,
      headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
      body: { message: "Forbidden" },
    });
    expect(told).toEqual([["orders:delete", "permission_denied", undefined, "user-1"]]);
  });

  it.each([
    ["another value", { orderId: "order-2" }],
    ["a value that it did not decode", { orderId: "order%2D1" }],
    ["segments", { orderId: ["order-1", "x"] }],
    ["no string", { orderId: 1 }],
  ])("refuses where the router of the framework reads %s", async (_what, params) => {
    expect(await ask(OPTIONS, "orders:read", { event: eventOf(), params })).toMatchObject({ status: 403 });
    expect(told).toEqual([["orders:read", "parameters_differ", undefined, "user-1"]]);
  });

  it("knows the segments of a wildcard as one value", async () => {
    const event = eventOf({
      routeKey: "GET /files/{path+}",
      rawPath: "/files/a/b",
      pathParameters: { path: "a/b" },
    });
    const came = await ask(OPTIONS, "files:read", { event, params: { path: ["a", "b"] } });
    expect(came).toMatchObject({ by: "handler", parameters: { path: "a/b" } });
  });

  it("refuses the parameter of another user, whatever the router says", async () => {
    const event = eventOf({
      routeKey: "GET /users/{userId}/orders",
      rawPath: "/users/user-2/orders",
      pathParameters: { userId: "user-2" },
    });
    expect(await ask(OPTIONS, "orders:own", { event, params: { userId: "user-1" } })).toMatchObject({
      status: 403,
    });
    expect(told).toEqual([["orders:own", "permission_denied", undefined, "user-1"]]);
  });

  it("is an error with the fix where there is no event, and lets nobody through", async () => {
    await expect(ask(OPTIONS, "orders:read", {})).rejects.toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(
        /finds no event of API Gateway for this request: .*, or set `verify`$/,
      ) as string,
    });
  });

  it("answers 401 for a token that its own verification refuses, and passes on other errors", async () => {
    const failing = (error: Error) => ({ ...OPTIONS, verify: () => Promise.reject(error) });
    const expired = failing(new ClaimgateError("token_expired", "the token has expired"));
    expect(await ask(expired, "orders:read", { event: eventOf() })).toMatchObject({
      status: 401,
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
      body: { message: "Unauthorized" },
    });
    expect(told).toEqual([["orders:read", "token_refused", "token_expired", undefined]]);
    const outage = new ClaimgateError("keys_unavailable", "the keys cannot be fetched");
    await expect(ask(failing(outage), "orders:read", { event: eventOf() })).rejects.toBe(outage);
  });

  if (framework !== "Powertools") {
    it("lets `verify` read the headers of a request without an event", async () => {
      const read: unknown[] = [];
      const verify = (event: unknown) => {
        read.push(event);
        return Promise.reject(new ClaimgateError("token_missing", "the request has no token"));
      };
      const headers = { authorization: "Basic x" };
      expect(await ask({ ...OPTIONS, verify }, "orders:read", { headers })).toMatchObject({
        headers: { "www-authenticate": "Bearer" },
      });
      expect(read).toEqual([{ headers }]);
    });
  }
});

describe("a guard", () => {
  it.each([
    () => createHonoGuard(OPTIONS).requirePermission("orders"),
    () => createExpressGuard(OPTIONS).requirePermission("orders"),
    () => createPowertoolsGuard(OPTIONS).requirePermission("orders"),
  ])("is refused at once for a string that is not a permission", (guarded) => {
    expect(guarded).toThrow("`orders` is not a permission");
  });

  it("knows nobody of a request that it did not let through", async () => {
    const guard = createPowertoolsGuard(OPTIONS);
    const reqCtx = { event: eventOf(), params: {} };
    await guard.requirePermission("orders:delete")({ reqCtx, next: () => Promise.resolve() });
    expect(() => guard.access(reqCtx)).toThrow("no guard let this request through");
    expect(() => createPowertoolsGuard(OPTIONS).access(reqCtx)).toThrow("no guard let this request through");
  });

  it("compares the parameters that are named, also by a function that waits", async () => {
    const guard = createPowertoolsGuard(OPTIONS);
    const read = async (userId: string) => {
      const reqCtx = { event: eventOf(), params: {}, userId };
      const named = (one: typeof reqCtx) => Promise.resolve({ userId: one.userId });
      await guard.requirePermission("orders:own", named)({ reqCtx, next: () => Promise.resolve() });
      return guard.access(reqCtx).parameters;
    };
    expect(await read("user-1")).toEqual({ userId: "user-1" });
    await expect(read("user-2")).rejects.toThrow("no guard let this request through");
  });
});

describe("a failure that is not an error", () => {
  // Express goes on to the handler where `next` gets nothing, `null`, `route` or `router`.
  it.each([undefined, null, "", "route", "router"])(
    "of `%s` never lets Express go on",
    async (thrown: unknown) => {
      const guard = createExpressGuard({ ...OPTIONS, stop: () => Promise.reject(thrown as Error) });
      const request = { headers: {}, params: {}, originalUrl: "/", ...carrying(eventOf()) };
      const given = await new Promise((resolve) => {
        guard.requirePermission("orders:read")(request, { writeHead: jest.fn(), end: jest.fn() }, resolve);
      });
      expect(given).toBeInstanceOf(Error);
      expect(given).toMatchObject({ cause: thrown });
    },
  );
});

describe("an event that an adapter of Express carries", () => {
  const guard = createExpressGuard(OPTIONS);
  type Headers = Readonly<Record<string, string>>;
  const requests: { readonly headers: Headers; readonly params: object; readonly originalUrl: string }[] = [];
  const handler = guard.withEvent((event: { readonly headers: Headers }, _context: unknown) => {
    const request = { headers: event.headers, params: {}, originalUrl: "/orders/order-1" };
    requests.push(request);
    return new Promise<string>((resolve, reject) => {
      const response = { writeHead: () => undefined, end: resolve };
      guard.requirePermission("orders:read")(request, response, (error) => {
        if (error === undefined) resolve(guard.access(request).caller.sub);
        else reject(error as Error);
      });
    });
  });

  it("belongs to its own request, however many run at a time", async () => {
    const subs = Array.from({ length: 8 }, (_, index) => `user-${index}`);
    expect(await Promise.all(subs.map((sub) => handler(eventOf({}, sub), {})))).toEqual(subs);
  });

  it("is not found by a header of a client, nor after its request", async () => {
    const stolen = requests[0]?.headers ?? {};
    expect(Object.keys(stolen)).toContain("x-claimgate-event");
    await handler(eventOf({ headers: { "X-Claimgate-Event": "mine", "x-other": "1" } }), {});
    expect(Object.keys(requests.at(-1)?.headers ?? {}).sort()).toEqual(["x-claimgate-event", "x-other"]);
    const next = jest.fn();
    const request = { headers: stolen, params: {}, originalUrl: "/" };
    await new Promise<void>((resolve) => {
      guard.requirePermission("orders:read")(request, { writeHead: jest.fn(), end: jest.fn() }, (error) => {
        next(error);
        resolve();
      });
    });
    expect(next).toHaveBeenCalledWith(expect.objectContaining({ code: "configuration_invalid" }));
  });

  it("of a REST API has the header in both lists", async () => {
    const event = { ...eventOf(), multiValueHeaders: { Accept: ["a", "b"], "x-claimgate-EVENT": ["mine"] } };
    const seen: unknown[] = [];
    const reading = guard.withEvent((one: { readonly multiValueHeaders: object }) => {
      seen.push(Object.keys(one.multiValueHeaders));
      return Promise.resolve();
    });
    await reading(event, {});
    expect(seen).toEqual([["Accept", "x-claimgate-event"]]);
  });
});
