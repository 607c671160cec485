import { createHttpAuthorizer } from "../../../src/authorizers/http.ts";
import { decodeHttpEvent } from "../../../src/authorizers/http-event.ts";
import { UndecidedError } from "../../../src/authorizers/undecided.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { dependencies, type HttpEventParts, httpEvent, tokenOf } from "../../support/authorization.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const bearer = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });

describe("the request of an HTTP API event", () => {
  test.each<[string, HttpEventParts, string, string]>([
    ["on the default stage", { rawPath: "/orders" }, "/orders", "/orders"],
    ["on a named stage", { rawPath: "/dev/orders", stage: "dev" }, "/orders", "/orders"],
    ["on the root of a named stage", { rawPath: "/dev", stage: "dev", routeKey: "GET /" }, "/", "/"],
    ["on a named stage that the path lacks", { rawPath: "/orders", stage: "dev" }, "/orders", "/orders"],
    [
      "on a path that begins like the stage",
      { rawPath: "/device", stage: "dev", routeKey: "GET /device" },
      "/device",
      "/device",
    ],
    [
      "on a greedy route of any method",
      { rawPath: "/files/a/b", routeKey: "ANY /files/{proxy+}", method: "PUT" },
      "/files/{proxy+}",
      "/files/a/b",
    ],
    ["on the default route", { rawPath: "/x", routeKey: "$default", method: "GET" }, "$default", "/x"],
  ])("%s", (_what, parts, template, path) => {
    expect(decodeHttpEvent(httpEvent(parts)).matched).toMatchObject({
      template,
      path,
      encoding: "decoded",
    });
  });

  test.each([
    ["of version 1.0", { ...httpEvent(), version: "1.0" }],
    ["of another type", { ...httpEvent(), type: "TOKEN" }],
    ["without a context", { ...httpEvent(), requestContext: null }],
    ["without a path", { ...httpEvent(), rawPath: undefined }],
    ["whose route is of another method", httpEvent({ routeKey: "GET /orders", method: "DELETE" })],
    ["whose route key is none", httpEvent({ routeKey: "orders", method: "GET" })],
    ["that is empty", {}],
    ["that is null", null],
  ])("%s is malformed", (_what, event) => {
    expect(codeThrownBy(() => decodeHttpEvent(event))).toBe("request_malformed");
  });
});

describe("the HTTP API authorizer", () => {
  test("allows with a context of who calls and why", async () => {
    const answer = await createHttpAuthorizer(dependencies())(httpEvent({ headers: bearer("sam") }));

    expect(answer).toEqual({
      isAuthorized: true,
      context: {
        kind: "user",
        sub: "11111111-1111-4111-8111-000000000002",
        client: "web",
        roles: "authenticated support viewer",
        groups: "support",
        poolAlias: "",
        subjects: "role:authenticated user:11111111-1111-4111-8111-000000000002 group:support",
        appScopes: "",
        conditionClaims: '{"sub":"11111111-1111-4111-8111-000000000002"}',
        expiresAt: expect.stringMatching(/^\d{10}$/) as string,
        mode: "request",
        permission: "orders:list",
        policyVersion: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        determining: expect.stringMatching(/^policies\/roles\.csv:\d+$/) as string,
      },
    });
  });

  test("denies by false and nothing else", async () => {
    const authorizer = createHttpAuthorizer(dependencies());
    expect(await authorizer(httpEvent({ headers: bearer("alice") }))).toEqual({ isAuthorized: false });
    expect(await authorizer(httpEvent())).toEqual({ isAuthorized: false });
  });

  test("throws `Unauthorized` for a bad token where the stage asks for that, and only then", async () => {
    const authorizer = createHttpAuthorizer(dependencies(), { throwUnauthorized: true });
    const bad = httpEvent({ headers: { authorization: "Bearer x.y.z" } });
    await expect(authorizer(bad)).rejects.toEqual(new Error("Unauthorized"));
    await expect(authorizer(httpEvent())).rejects.toEqual(new Error("Unauthorized"));
    expect(await authorizer(httpEvent({ headers: bearer("alice") }))).toEqual({ isAuthorized: false });
    expect(await authorizer(httpEvent({ headers: bearer("sam") }))).toMatchObject({ isAuthorized: true });
  });

  test("throws where nothing could be decided, and says nothing of the reason", async () => {
    const deps = dependencies({
      verify: () => Promise.reject(new ClaimgateError("keys_unavailable", "https://internal")),
    });
    await expect(createHttpAuthorizer(deps)(httpEvent({ headers: bearer("sam") }))).rejects.toEqual(
      new UndecidedError(),
    );
  });

  test.each([["x-http-method-override"], ["X-HTTP-Method"], ["X-Method-Override"]])(
    "denies a request that asks for another method by %s",
    async (header) => {
      const deps = dependencies();
      const event = (method: string) => httpEvent({ headers: { ...bearer("sam"), [header]: method } });
      expect(await createHttpAuthorizer(deps)(event("DELETE"))).toEqual({ isAuthorized: false });
      expect(await createHttpAuthorizer(deps)(event("get"))).toMatchObject({ isAuthorized: true });
    },
  );

  test("passes the route's path parameters to the conditions", async () => {
    const authorizer = createHttpAuthorizer(dependencies());
    const own = (userId: string) =>
      httpEvent({
        routeKey: "GET /users/{userId}/orders",
        rawPath: `/users/${userId}/orders`,
        pathParameters: { userId },
        headers: bearer("alice"),
      });
    expect(await authorizer(own("11111111-1111-4111-8111-000000000001"))).toMatchObject({
      isAuthorized: true,
    });
    expect(await authorizer(own("11111111-1111-4111-8111-000000000002"))).toEqual({ isAuthorized: false });
  });
});
