import type { JsonObject } from "../../../../../src/json.ts";
import { httpApi, LocalApis } from "../../../../support/local-apis.ts";

const allow = () =>
  ({ kind: "answered", payload: { isAuthorized: true, context: { sub: "alice" } } }) as const;
const deny = () => ({ kind: "answered", payload: { isAuthorized: false } }) as const;
const POLICY = { EnableSimpleResponses: false };
const policyFor = (resource: string) =>
  ({
    kind: "answered",
    payload: {
      principalId: "p",
      policyDocument: { Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: resource }] },
    },
  }) as const;
const ORIGIN = "http://localhost:5173";
const CORS = { AllowOrigins: [ORIGIN], AllowMethods: ["GET"], AllowHeaders: ["Authorization"], MaxAge: 600 };
const preflight = [
  ["Origin", ORIGIN],
  ["Access-Control-Request-Method", "GET"],
] as const;

describe("an authorizer", () => {
  test("gets the event of payload format 2.0, with the concrete path", async () => {
    const apis = new LocalApis(httpApi(["!GET /orders/{id}"]), allow);
    await apis.send("GET /orders/a%20b?x=1&x=2", {
      headers: [
        ["Authorization", "Bearer t"],
        ["X-Two", "1"],
        ["x-two", "2"],
        ["Cookie", "a=1; b=2"],
      ],
    });
    expect(apis.asked[0]).toMatchObject({
      version: "2.0",
      type: "REQUEST",
      routeArn: "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/orders/a b",
      identitySource: ["Bearer t"],
      routeKey: "GET /orders/{id}",
      rawPath: "/orders/a b",
      rawQueryString: "x=1&x=2",
      cookies: ["a=1", "b=2"],
      headers: { authorization: "Bearer t", "x-two": "1,2" },
      queryStringParameters: { x: "1,2" },
      pathParameters: { id: "a b" },
      requestContext: {
        http: { method: "GET", path: "/orders/a b" },
        requestId: "request-1",
        routeKey: "GET /orders/{id}",
        stage: "$default",
        time: "1/Jan/1970:00:00:00 +0000".replace("1/", "01/"),
      },
    });
  });

  test("gets the event of payload format 1.0, with identity sources joined", async () => {
    const apis = new LocalApis(
      httpApi(["!GET /orders/{id}"], { ...POLICY, AuthorizerPayloadFormatVersion: "1.0" }),
      () => policyFor("*"),
    );
    expect((await apis.with("Bearer t", "GET /orders/1")).status).toBe(200);
    expect(apis.asked[0]).toMatchObject({
      version: "1.0",
      methodArn: "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/orders/1",
      identitySource: "Bearer t",
      authorizationToken: "Bearer t",
      resource: "/orders/{id}",
      path: "/orders/1",
      queryStringParameters: null,
    });
  });

  test("is not asked where one of its identity sources is missing or empty", async () => {
    const sources = ["$request.header.Authorization", "$request.querystring.tenant"];
    const apis = new LocalApis(httpApi(["!GET /orders"], { IdentitySource: sources }), allow);
    for (const line of ["GET /orders", "GET /orders?tenant="]) {
      expect(await apis.with("t", line)).toMatchObject({ status: 401, body: { message: "Unauthorized" } });
    }
    expect((await apis.send("GET /orders?tenant=a")).status).toBe(401);
    expect(apis.asked).toEqual([]);
    expect((await apis.with("t", "GET /orders?tenant=a")).status).toBe(200);
  });

  test("ends in 403, 401 or 500, in the words of API Gateway", async () => {
    const status = (authorizer: () => ReturnType<typeof deny> | { kind: "threw"; message: string }) =>
      new LocalApis(httpApi(["!GET /orders"]), authorizer).with("t", "GET /orders");
    expect(await status(deny)).toMatchObject({ status: 403, body: { message: "Forbidden" } });
    expect(await status(() => ({ kind: "threw", message: "Unauthorized" }))).toMatchObject({
      status: 401,
      body: { message: "Unauthorized" },
    });
    expect(await status(() => ({ kind: "threw", message: "database down" }))).toMatchObject({
      status: 500,
      body: { message: "Internal Server Error" },
    });
  });

  test("is asked on `$default` and on `ANY`, for preflights too", async () => {
    const apis = new LocalApis(httpApi(["!$default", "!ANY /any"], {}, { cors: CORS }), deny);
    expect((await apis.with("t", "GET /x/y")).status).toBe(403);
    expect(apis.asked[0]).toMatchObject({ routeKey: "$default", rawPath: "/x/y" });
    for (const path of ["/any", "/else"]) {
      expect((await apis.send(`OPTIONS ${path}`, { headers: preflight })).status).toBe(401);
    }
  });

  test("that is a function of another stack, or of a kind that is not simulated, lets nobody in", async () => {
    const foreign = new LocalApis(httpApi(["!GET /x"], { AuthorizerUri: "arn:aws:lambda:x" }), allow);
    expect((await foreign.with("t", "GET /x")).status).toBe(500);
    const resources = httpApi(["GET /x"]);
    const route = resources["Route0"];
    const jwt = { ...route?.Properties, AuthorizationType: "JWT", AuthorizerId: { Ref: "Authorizer" } };
    const apis = new LocalApis({ ...resources, Route0: { Type: route?.Type ?? "", Properties: jwt } }, allow);
    expect(await apis.with("t", "GET /x")).toMatchObject({
      status: 500,
      body: { message: expect.stringContaining("`JWT`") as string },
    });
  });
});

describe("the policy of an answer", () => {
  test("has to name the concrete path, not the route's", async () => {
    const arn = "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/orders/";
    const status = async (resource: string) =>
      (
        await new LocalApis(httpApi(["!GET /orders/{id}"], POLICY), () => policyFor(resource)).with(
          "t",
          "GET /orders/1",
        )
      ).status;
    expect(await status(`${arn}1`)).toBe(200);
    expect(await status(`${arn}{id}`)).toBe(403);
  });
});

describe("a kept answer", () => {
  const kept = (authorizer: JsonObject, routes = ["!GET /a", "!GET /b"]) =>
    new LocalApis(httpApi(routes, { AuthorizerResultTtlInSeconds: 60, ...authorizer }), allow);

  test("is used for the same identity until it is too old, on every route", async () => {
    const apis = kept({});
    await apis.with("t", "GET /a", 0);
    await apis.with("t", "GET /b", 59_999);
    expect(apis.asked).toHaveLength(1);
    await apis.with("other", "GET /a", 0);
    expect(apis.asked).toHaveLength(2);
    await apis.with("t", "GET /a", 60_000);
    expect(apis.asked).toHaveLength(3);
  });

  test("of a key with the route is not used for another route", async () => {
    const apis = kept({ IdentitySource: ["$request.header.Authorization", "$context.routeKey"] });
    await apis.with("t", "GET /a");
    await apis.with("t", "GET /b");
    expect(apis.asked).toHaveLength(2);
  });

  test("that is a policy is evaluated again for the next request", async () => {
    const arn = "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/a";
    const apis = new LocalApis(
      httpApi(["!GET /a", "!GET /b"], { ...POLICY, AuthorizerResultTtlInSeconds: 60 }),
      () => policyFor(arn),
    );
    expect((await apis.with("t", "GET /a")).status).toBe(200);
    expect((await apis.with("t", "GET /b")).status).toBe(403);
    expect(apis.asked).toHaveLength(1);
  });

  test("is never an error", async () => {
    const apis = new LocalApis(httpApi(["!GET /a"], { AuthorizerResultTtlInSeconds: 60 }), () => ({
      kind: "threw",
      message: "database down",
    }));
    await apis.with("t", "GET /a");
    await apis.with("t", "GET /a");
    expect(apis.asked).toHaveLength(2);
  });
});

describe("the function behind a route", () => {
  test("gets the authorizer's context and nothing of the token", async () => {
    const apis = new LocalApis(httpApi(["!GET /orders", "GET /open"]), allow);
    const claims = Buffer.from('{"sub":"evil"}').toString("base64url");
    const { body } = await apis.with(`Bearer x.${claims}.y`, "GET /orders");
    expect(body).toMatchObject({ requestContext: { authorizer: { lambda: { sub: "alice" } } } });
    expect((body["requestContext"] as JsonObject)["authorizer"]).toEqual({ lambda: { sub: "alice" } });
    const open = await apis.with(`Bearer x.${claims}.y`, "GET /open");
    expect(open.body["requestContext"]).not.toHaveProperty("authorizer");
  });

  test("gets the principal of a policy under payload format 1.0", async () => {
    const apis = new LocalApis(httpApi(["!GET /orders"], POLICY, { payload: "1.0" }), () => policyFor("*"));
    const { body } = await apis.with("t", "GET /orders");
    expect(body).toMatchObject({
      version: "1.0",
      body: null,
      requestContext: { authorizer: { principalId: "p" } },
    });
  });

  test.each([
    ["application/json", '{"a":1}', '{"a":1}', false],
    ["text/plain;charset=UTF-8", "a", "a", false],
    ["application/x-www-form-urlencoded", "a=1", "YT0x", true],
  ])("gets a body of %s", async (type, sent, body, isBase64Encoded) => {
    const apis = new LocalApis(httpApi(["POST /orders"]), allow);
    const answer = await apis.send("POST /orders", { headers: [["content-type", type]], body: sent });
    expect(answer.body).toMatchObject({ body, isBase64Encoded });
  });

  test("may return anything under payload format 2.0, and fails with 500", async () => {
    const returning = (payload: unknown) =>
      new LocalApis(httpApi(["GET /x"]), allow, () => ({ kind: "answered", payload })).send("GET /x");
    expect(await returning({ a: 1 })).toMatchObject({ status: 200, body: { a: 1 } });
    expect(await returning({ statusCode: 201, cookies: ["a=1"] })).toMatchObject({
      status: 201,
      headers: { "set-cookie": "a=1" },
    });
    for (const broken of [{ statusCode: "x" }, { statusCode: 200, body: {} }]) {
      expect((await returning(broken)).status).toBe(500);
    }
    const throwing = new LocalApis(httpApi(["GET /x"]), allow, () => ({ kind: "threw", message: "" }));
    expect((await throwing.send("GET /x")).status).toBe(500);
    const slow = new LocalApis(httpApi(["GET /x"]), allow, () => ({ kind: "timed-out" }));
    expect((await slow.send("GET /x")).status).toBe(503);
  });
});

describe("CORS", () => {
  const apis = new LocalApis(httpApi(["GET /x"], {}, { cors: CORS }), allow, () => ({
    kind: "answered",
    payload: { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "{}" },
  }));

  test("a preflight is answered by the API, whatever the path", async () => {
    expect(await apis.send("OPTIONS /x", { headers: preflight })).toMatchObject({
      status: 204,
      headers: {
        "access-control-allow-origin": ORIGIN,
        "access-control-allow-methods": "GET",
        "access-control-allow-headers": "Authorization",
        "access-control-max-age": "600",
      },
    });
    const foreign = await apis.send("OPTIONS /x", {
      headers: [["Origin", "http://evil.example"], preflight[1]],
    });
    expect(foreign).toMatchObject({ status: 204, headers: {} });
    expect((await apis.send("OPTIONS /x")).status).toBe(404);
  });

  test("the headers of the function are dropped", async () => {
    const headers = (await apis.send("GET /x", { headers: [["Origin", ORIGIN]] })).headers;
    expect(headers["access-control-allow-origin"]).toBe(ORIGIN);
    expect((await apis.send("GET /x")).headers).not.toHaveProperty("access-control-allow-origin");
  });
});

test.each(["HEAD /x", "GET /x/", "GET /y", "POST /x"])(
  "%s is 404 where `GET /x` is the route",
  async (line) => {
    const apis = new LocalApis(httpApi(["GET /x"]), allow);
    expect(await apis.send(line)).toMatchObject({ status: 404, body: { message: "Not Found" } });
  },
);

test("in a named stage the path of an event begins with the stage, and the resource of the ARN does not", async () => {
  const Properties = { ApiId: { Ref: "HttpApi" }, StageName: "dev" };
  const apis = new LocalApis(
    { ...httpApi(["!GET /orders"]), Stage: { Type: "AWS::ApiGatewayV2::Stage", Properties } },
    () => ({ kind: "answered", payload: { isAuthorized: true } }),
  );
  const { body } = await apis.with("t", "GET /dev/orders");
  expect(body).toMatchObject({ rawPath: "/dev/orders", requestContext: { stage: "dev" } });
  expect(body).not.toHaveProperty("stageVariables");
  expect(apis.asked[0]).toMatchObject({
    rawPath: "/dev/orders",
    routeArn: "arn:aws:execute-api:us-east-1:000000000000:localhttp/dev/GET/orders",
  });
});

test("an event that is too large for a function is 413", async () => {
  const apis = new LocalApis(
    httpApi(["POST /orders"]),
    () => ({ kind: "unreachable" }),
    () => ({ kind: "too-large" }),
  );
  expect(await apis.send("POST /orders", { body: "x" })).toMatchObject({
    status: 413,
    body: { message: "Request Entity Too Large" },
  });
});
