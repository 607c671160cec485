import { type Caller, encodeCaller, readCaller } from "../../../src/authorizers/caller.ts";

const CALLER: Caller = {
  kind: "user",
  sub: "user-1",
  client: "web",
  roles: ["authenticated", "customer"],
  groups: ["customers"],
  poolAlias: undefined,
  subjects: ["role:authenticated", "user:user-1", "group:customers"],
  appScopes: ["orders-api/orders.read"],
  conditionClaims: { sub: "user-1" },
  expiresAt: 1_800_000_000,
  mode: "request",
  permission: "orders:read",
  policyVersion: "0123456789abcdef",
  determining: "policies/roles.csv:12",
};

const httpApi = (lambda: unknown) => ({ version: "2.0", requestContext: { authorizer: { lambda } } });
const rest = (context: object) => ({
  requestContext: { authorizer: { principalId: "user-1", integrationLatency: 42, ...context } },
});

describe("the context that a backend reads", () => {
  test("holds texts only, since REST APIs take no lists", () => {
    expect(Object.values(encodeCaller(CALLER)).every((value) => typeof value === "string")).toBe(true);
  });

  test("comes back from an HTTP API event", () => {
    expect(readCaller(httpApi(encodeCaller(CALLER)))).toEqual(CALLER);
  });

  test("comes back from a REST API event", () => {
    expect(readCaller(rest(encodeCaller(CALLER)))).toEqual(CALLER);
  });

  test("comes back from an AppSync resolver", () => {
    expect(readCaller({ identity: { resolverContext: encodeCaller(CALLER) } })).toEqual(CALLER);
  });

  test.each(["whole-api", "report-only"] as const)(
    "comes back without a permission where it is of mode %s",
    (mode) => {
      const caller: Caller = { ...CALLER, mode, permission: undefined, determining: undefined };
      expect(readCaller(rest(encodeCaller(caller)))).toEqual(caller);
    },
  );

  test("comes back with claims of any name and value", () => {
    const conditionClaims = { tenant_id: 'a "b" \n ü', constructor: "x" };
    expect(readCaller(rest(encodeCaller({ ...CALLER, conditionClaims })))?.conditionClaims).toEqual(
      conditionClaims,
    );
  });

  test("comes back with every group name that Cognito allows", () => {
    const groups = ['"a"', "a,b", "$$", "*", "{}", "ä", "名", "a/b", "a:b", "\\", "'", "😀"];
    const subjects = groups.map((group) => `group:${group}` as const);
    const caller: Caller = { ...CALLER, groups, subjects };
    expect(readCaller(rest(encodeCaller(caller)))).toEqual(caller);
    expect(readCaller(httpApi(encodeCaller(caller)))).toEqual(caller);
  });

  test("comes back without roles and groups", () => {
    const caller: Caller = { ...CALLER, kind: "machine", roles: [], groups: [] };
    expect(readCaller(httpApi(encodeCaller(caller)))).toEqual(caller);
  });
});

describe("no caller is read", () => {
  const context = encodeCaller(CALLER);

  test.each([
    ["without an authorizer", { version: "2.0", requestContext: {} }],
    ["from an event that is none", undefined],
    ["from null", null],
    ["from a text", "event"],
    [
      "from the claims of a JWT authorizer",
      { version: "2.0", requestContext: { authorizer: { jwt: { claims: context } } } },
    ],
    ["from the claims of a user pool authorizer", { requestContext: { authorizer: { claims: context } } }],
    ["from beside `lambda` on an HTTP API", { version: "2.0", requestContext: { authorizer: context } }],
    ["from `lambda` on a REST API", { requestContext: { authorizer: { lambda: context } } }],
    ["from the body", { version: "2.0", requestContext: {}, body: JSON.stringify(context) }],
    ["from the headers", { version: "2.0", requestContext: {}, headers: context }],
    ["from an inherited context", httpApi(Object.create(context))],
    ["from an array", httpApi([context])],
  ])("%s", (_where, event) => {
    expect(readCaller(event)).toBeUndefined();
  });

  test("without scopes of the app comes from an answer that an older version gave, and holds none", () => {
    const { appScopes: _dropped, ...older } = context;
    expect(readCaller(httpApi(older))).toMatchObject({ appScopes: [] });
  });

  test.each(Object.keys(context).filter((name) => name !== "appScopes"))(
    "from a context without `%s`",
    (name) => {
      const { [name as keyof Caller]: _dropped, ...rest } = context;
      expect(readCaller(httpApi(rest))).toBeUndefined();
    },
  );

  test.each([
    ["kind", "admin"],
    ["kind", ""],
    ["sub", ""],
    ["sub", 7],
    ["client", ""],
    ["permission", ""],
    ["policyVersion", null],
    ["determining", ["x"]],
    ["roles", ["admin"]],
    ["groups", 1],
    ["subjects", ""],
    ["subjects", "admin"],
    ["subjects", "group:a  group:b"],
    ["conditionClaims", "[]"],
    ["conditionClaims", '{"sub":1}'],
    ["conditionClaims", "{"],
    ["conditionClaims", "null"],
    ["expiresAt", "soon"],
    ["expiresAt", "-1"],
    ["expiresAt", "1e9"],
    ["expiresAt", 1_800_000_000],
    ["mode", "admin"],
  ])("from a context with `%s` = %j", (name, value) => {
    expect(readCaller(httpApi({ ...context, [name]: value }))).toBeUndefined();
  });
});
