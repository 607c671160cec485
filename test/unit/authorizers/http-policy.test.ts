import { createHttpPolicyAuthorizer } from "../../../src/authorizers/http-policy.ts";
import { createHttpV1Authorizer, decodeHttpV1Event } from "../../../src/authorizers/http-v1.ts";
import type { AuthorizerDependencies } from "../../../src/authorizers/run-authorizer.ts";
import { UndecidedError } from "../../../src/authorizers/undecided.ts";
import { ClaimgateError } from "../../../src/errors.ts";
import { dependencies, httpEvent, httpV1Event, tokenOf } from "../../support/authorization.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const bearer = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });
const SUB = "11111111-1111-4111-8111-000000000001";

interface Call {
  readonly route?: string;
  readonly path?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly stage?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The two that answer an HTTP API by an IAM policy, told alike. */
const SHAPES = [
  {
    name: "payload 1.0",
    create: createHttpV1Authorizer,
    event: ({ route = "GET /orders", path = "/orders", parameters, stage, headers = {} }: Call) => {
      const [method = "", resource = ""] = route.split(" ");
      const pathParameters = parameters ?? null;
      return httpV1Event({ method, resource, path, pathParameters, headers, ...(stage && { stage }) });
    },
    arn: "methodArn",
  },
  {
    name: "payload 2.0 with a policy",
    create: createHttpPolicyAuthorizer,
    event: ({ route = "GET /orders", path = "/orders", parameters, stage, headers = {} }: Call) =>
      httpEvent({
        routeKey: route,
        rawPath: path,
        headers,
        ...(parameters && { pathParameters: parameters }),
        ...(stage && { stage }),
      }),
    arn: "routeArn",
  },
] as const;

describe.each(SHAPES)("an HTTP API, $name", ({ create, event, arn }) => {
  const ask = (call: Call, deps: AuthorizerDependencies = dependencies()) => create(deps)(event(call));

  test("is allowed for exactly the request, with a context", async () => {
    const call = { headers: bearer("sam") };
    expect(await ask(call)).toMatchObject({
      principalId: "11111111-1111-4111-8111-000000000002",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Resource: [(event(call) as Record<string, unknown>)[arn]] }],
      },
      context: { permission: "orders:list", mode: "request" },
    });
  });

  test.each([
    ["somebody who may not", bearer("alice")],
    ["nobody", {}],
    ["a bad token", { authorization: "Bearer x.y.z" }],
  ])("is denied explicitly to %s, which is a 403", async (_who, headers) => {
    const answer = await ask({ headers });
    expect(answer.policyDocument.Statement).toMatchObject([
      { Effect: "Deny", Resource: [(event({ headers }) as Record<string, unknown>)[arn]] },
    ]);
    expect(answer.principalId).not.toBe("");
    expect(answer).not.toHaveProperty("context");
  });

  test("is `Unauthorized`, thrown, for a bad token where the stage asks for that, and only then", async () => {
    const authorizer = create(dependencies(), { throwUnauthorized: true });
    await expect(authorizer(event({ headers: { authorization: "Bearer x.y.z" } }))).rejects.toEqual(
      new Error("Unauthorized"),
    );
    const denied = await authorizer(event({ headers: bearer("alice") }));
    expect(denied.policyDocument.Statement).toMatchObject([{ Effect: "Deny" }]);
  });

  test("is an error, not a deny, where nothing could be decided", async () => {
    const deps = dependencies({ verify: () => Promise.reject(new ClaimgateError("keys_unavailable", "x")) });
    await expect(ask({ headers: bearer("sam") }, deps)).rejects.toEqual(new UndecidedError());
  });

  test("compares path parameters with claims, on the default stage and on a named one", async () => {
    const own = (userId: string, stage?: string) => ({
      route: "GET /users/{userId}/orders",
      path: `${stage === undefined ? "" : `/${stage}`}/users/${userId}/orders`,
      parameters: { userId },
      headers: bearer("alice"),
      ...(stage !== undefined && { stage }),
    });
    const effect = async (call: Call) => (await ask(call)).policyDocument.Statement[0]?.Effect;
    expect(await effect(own(SUB))).toBe("Allow");
    expect(await effect(own(SUB, "live"))).toBe("Allow");
    expect(await effect(own("somebody-else"))).toBe("Deny");
  });

  test("is denied for everything where the ARN would be a pattern", async () => {
    const call = { path: "/orders/*", route: "GET /orders/{orderId}", parameters: { orderId: "*" } };
    const answer = await ask({ ...call, headers: bearer("ada") });
    expect(answer.policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: ["*"] },
    ]);
  });

  test("is denied with a header that asks for another method", async () => {
    const answer = await ask({ headers: { ...bearer("sam"), "x-http-method-override": "DELETE" } });
    expect(answer.policyDocument.Statement[0]?.Effect).toBe("Deny");
  });

  test.each([
    ["of another version", { version: "3.0" }],
    ["of another type", { type: "TOKEN" }],
    ["without an ARN", { methodArn: undefined, routeArn: undefined }],
    ["with another ARN", { methodArn: "arn:aws:s3:::x", routeArn: "arn:aws:s3:::x" }],
    ["without a context", { requestContext: null }],
  ])("cannot decide an event %s", async (_what, changes) => {
    const broken = { ...event({ headers: bearer("ada") }), ...changes };
    await expect(create(dependencies())(broken)).rejects.toEqual(new UndecidedError());
  });
});

test("the maps of a payload 1.0 event may be null", () => {
  const event = { ...httpV1Event({}), pathParameters: null, headers: null, queryStringParameters: null };
  expect(decodeHttpV1Event(event).matched).toMatchObject({ template: "/orders", parameters: {} });
  expect(codeThrownBy(decodeHttpV1Event(event).token)).toBe("token_missing");
});
