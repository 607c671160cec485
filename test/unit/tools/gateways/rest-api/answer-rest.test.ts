import { LocalApis, restApi } from "../../../../support/local-apis.ts";

const ARN = "arn:aws:execute-api:us-east-1:000000000000:localrest/dev/GET/orders/";
const answering = (Effect: string, Resource: string, context?: object) => () =>
  ({
    kind: "answered",
    payload: {
      principalId: "p",
      policyDocument: { Statement: [{ Action: "execute-api:Invoke", Effect, Resource }] },
      ...(context && { context }),
    },
  }) as const;
const allow = answering("Allow", "*");

describe("an authorizer of type REQUEST", () => {
  test("gets the path without the stage, the concrete ARN and headers as they were sent", async () => {
    const apis = new LocalApis(restApi(), allow);
    await apis.send("GET /dev/orders/a%2Fb?x=1&x=2", { headers: [["Authorization", "t"]] });
    expect(apis.asked[0]).toMatchObject({
      type: "REQUEST",
      methodArn: `${ARN}a%2Fb`,
      resource: "/orders/{orderId}",
      path: "/orders/a%2Fb",
      headers: { Authorization: "t" },
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      pathParameters: { orderId: "a%2Fb" },
      requestContext: {
        path: "/dev/orders/a%2Fb",
        resourcePath: "/orders/{orderId}",
        requestId: "request-1",
      },
    });
  });

  test("passes its context on as strings, with the principal", async () => {
    const apis = new LocalApis(restApi(), answering("Allow", `${ARN}1`, { number: 1 }));
    const { status, body } = await apis.with("t", "GET /dev/orders/1");
    expect(status).toBe(200);
    expect(body).toMatchObject({ requestContext: { authorizer: { principalId: "p", number: "1" } } });
  });

  test("is not asked without its identity source", async () => {
    const apis = new LocalApis(restApi(), allow);
    expect(await apis.send("GET /dev/orders/1")).toMatchObject({
      status: 401,
      headers: { "x-amzn-errortype": "UnauthorizedException" },
      body: { message: "Unauthorized" },
    });
    expect(apis.asked).toEqual([]);
  });

  test("keeps its answer for five minutes where the template says nothing", async () => {
    const apis = new LocalApis(
      restApi({ AuthorizerResultTtlInSeconds: undefined }),
      answering("Allow", `${ARN}1`),
    );
    expect((await apis.with("t", "GET /dev/orders/1", 0)).status).toBe(200);
    expect((await apis.with("t", "GET /dev/orders/2", 299_999)).status).toBe(403);
    expect(apis.asked).toHaveLength(1);
    await apis.with("t", "GET /dev/orders/1", 300_000);
    expect(apis.asked).toHaveLength(2);
  });
});

describe("a body", () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]).toString("latin1");
  const binary = {
    Rest: { Type: "AWS::ApiGateway::RestApi", Properties: { BinaryMediaTypes: ["image/*"] } },
  };
  const image = { headers: [["Content-Type", "image/png"]] as const, body: png };
  const base64 = Buffer.from(png, "utf8").toString("base64");

  test("is text where the API has no binary media types", async () => {
    const { body } = await new LocalApis(restApi(), allow).send("POST /dev/files/a", image);
    expect(body).toMatchObject({ isBase64Encoded: false, body: png });
  });

  test("of a binary media type is Base64, and one of another type is text", async () => {
    const apis = new LocalApis(restApi({}, binary), allow);
    expect((await apis.send("POST /dev/files/a", image)).body).toMatchObject({
      isBase64Encoded: true,
      body: base64,
    });
    const json = { headers: [["content-type", "application/json"]] as const, body: "{}" };
    expect((await apis.send("POST /dev/files/a", json)).body).toMatchObject({
      isBase64Encoded: false,
      body: "{}",
    });
    expect((await apis.send("POST /dev/files/a")).body).toMatchObject({ isBase64Encoded: false, body: null });
  });

  test.each([
    ["decoded where the first Accept header is binary", "image/png;q=1, text/html", '{"a":1}'],
    ["left as Base64 where another one is", "text/html, image/png", "eyJhIjoxfQ=="],
    ["left as Base64 without an Accept header", undefined, "eyJhIjoxfQ=="],
  ])("of an answer in Base64 is %s", async (_, accept, text) => {
    const answer = { statusCode: 200, isBase64Encoded: true, body: "eyJhIjoxfQ==" };
    const apis = new LocalApis(restApi({}, binary), allow, () => ({ kind: "answered", payload: answer }));
    const headers = accept === undefined ? [] : [["Accept", accept] as const];
    const { text: sent } = await apis.send("GET /dev/files/a", { headers });
    expect(sent).toBe(text);
  });
});

test("a method that needs an API key is refused, since keys are not simulated", async () => {
  const resources = restApi();
  const file = resources["AnyFile"];
  if (file === undefined) throw new Error("no method");
  const guarded = { ...file, Properties: { ...file.Properties, ApiKeyRequired: true } };
  const apis = new LocalApis({ ...resources, AnyFile: guarded }, allow);
  expect(await apis.send("GET /dev/files/a")).toMatchObject({
    status: 500,
    body: { message: "the local stack does not simulate API keys" },
  });
});

test("a path belongs to its most specific resource, whatever methods that has", async () => {
  const resources = restApi();
  const order = resources["GetOrder"];
  if (order === undefined) throw new Error("no method");
  const special = { RestApiId: { Ref: "Rest" }, ParentId: { Ref: "Files" }, PathPart: "special" };
  const get = { ...order.Properties, ResourceId: { Ref: "Special" }, AuthorizationType: "NONE" };
  const apis = new LocalApis(
    {
      ...resources,
      Special: { Type: "AWS::ApiGateway::Resource", Properties: special },
      GetSpecial: { Type: "AWS::ApiGateway::Method", Properties: get },
    },
    allow,
  );
  expect((await apis.send("GET /dev/files/special")).body).toMatchObject({ resource: "/files/special" });
  expect((await apis.send("POST /dev/files/other")).status).toBe(200);
  expect(await apis.send("POST /dev/files/special")).toMatchObject({
    status: 403,
    body: { message: "Missing Authentication Token" },
  });
});

test("an event that is too large for a function is 413, as the template customizes it", async () => {
  const response = {
    Type: "AWS::ApiGateway::GatewayResponse",
    Properties: {
      RestApiId: { Ref: "Rest" },
      ResponseType: "DEFAULT_4XX",
      ResponseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
    },
  };
  const apis = new LocalApis(restApi({}, { response }), allow, () => ({ kind: "too-large" }));
  expect(await apis.send("POST /dev/files/a", { body: "x" })).toMatchObject({
    status: 413,
    headers: { "access-control-allow-origin": "*" },
    body: { message: "Request Entity Too Large" },
  });
});

test("an authorizer of type TOKEN gets three fields, and no token that does not match", async () => {
  const apis = new LocalApis(restApi({ Type: "TOKEN", IdentityValidationExpression: "^Bearer .+$" }), allow);
  expect((await apis.with("Basic x", "GET /dev/orders/1")).status).toBe(401);
  expect((await apis.with("Bearer x", "GET /dev/orders/1")).status).toBe(200);
  expect(apis.asked).toEqual([{ type: "TOKEN", authorizationToken: "Bearer x", methodArn: `${ARN}1` }]);
});

test("an expression that only Java reads is refused, not skipped", () => {
  const resources = restApi({ Type: "TOKEN", IdentityValidationExpression: "^(?>Bearer) .+$" });
  expect(() => new LocalApis(resources, allow)).toThrow("identityValidationExpression");
});

test.each([
  [
    "an explicit deny",
    answering("Deny", "*"),
    403,
    "User is not authorized to access this resource with an explicit deny",
  ],
  ["no statement", answering("Allow", `${ARN}2`), 403, "User is not authorized to access this resource"],
])("%s is 403, in the words of API Gateway", async (_what, authorizer, status, Message) => {
  const apis = new LocalApis(restApi(), authorizer);
  expect(await apis.with("t", "GET /dev/orders/1")).toMatchObject({
    status,
    headers: { "x-amzn-errortype": "AccessDeniedException" },
    body: { Message },
  });
});

test("a failure of the authorizer is 500", async () => {
  const apis = new LocalApis(restApi(), () => ({ kind: "threw", message: "database down" }));
  expect(await apis.with("t", "GET /dev/orders/1")).toMatchObject({
    status: 500,
    headers: { "x-amzn-errortype": "AuthorizerConfigurationException" },
    body: { message: null },
  });
});

test("gateway responses of the template replace status, headers and body", async () => {
  const response = (ResponseType: string, more: object) => ({
    Type: "AWS::ApiGateway::GatewayResponse",
    Properties: { RestApiId: { Ref: "Rest" }, ResponseType, ...more },
  });
  const apis = new LocalApis(
    restApi(
      {},
      {
        Denied: response("UNAUTHORIZED", {
          ResponseParameters: { "gatewayresponse.header.WWW-Authenticate": "'Bearer realm=\"x\"'" },
        }),
        Unknown: response("MISSING_AUTHENTICATION_TOKEN", {
          StatusCode: "404",
          ResponseTemplates: { "application/json": '{"message":"Not Found"}' },
        }),
        Others: response("DEFAULT_4XX", {
          ResponseTemplates: { "application/json": '{"type":"$context.error.responseType"}' },
        }),
      },
    ),
    answering("Deny", "*"),
  );
  expect((await apis.send("GET /dev/orders/1")).headers["www-authenticate"]).toBe('Bearer realm="x"');
  expect(await apis.send("GET /dev/nothing")).toMatchObject({ status: 404, body: { message: "Not Found" } });
  expect(await apis.with("t", "GET /dev/orders/1")).toMatchObject({
    status: 403,
    body: { type: "ACCESS_DENIED" },
  });
});

test.each(["GET /dev", "GET /dev/nothing", "GET /dev/orders/1/", "HEAD /dev/orders/1", "POST /dev/orders/1"])(
  "%s has no method",
  async (line) => {
    const apis = new LocalApis(restApi(), allow);
    expect(await apis.send(line)).toMatchObject({
      status: 403,
      body: { message: "Missing Authentication Token" },
    });
    expect(apis.asked).toEqual([]);
  },
);

test("a preflight is answered by the mock integration, with the origin where it matches", async () => {
  const origins = ["http://localhost:5173", "https://app.example.com"];
  const apis = new LocalApis(
    restApi(
      {},
      {
        Preflight: {
          Type: "AWS::ApiGateway::Method",
          Properties: {
            RestApiId: { Ref: "Rest" },
            ResourceId: { Ref: "Order" },
            HttpMethod: "OPTIONS",
            AuthorizationType: "NONE",
            Integration: {
              Type: "MOCK",
              IntegrationResponses: [
                {
                  StatusCode: "200",
                  ResponseParameters: {
                    "method.response.header.Access-Control-Allow-Origin": `'${origins[0] ?? ""}'`,
                    "method.response.header.Access-Control-Allow-Methods": "'OPTIONS,GET'",
                  },
                  ResponseTemplates: {
                    "application/json": `#if($origin.matches("${origins[0]}") || $origin.matches("${origins[1]}")) #end`,
                  },
                },
              ],
            },
          },
        },
      },
    ),
    allow,
  );
  const answered = async (origin: string) =>
    (await apis.send("OPTIONS /dev/orders/1", { headers: [["Origin", origin]] })).headers;
  expect(await answered(origins[1] ?? "")).toMatchObject({
    "access-control-allow-origin": origins[1],
    "access-control-allow-methods": "OPTIONS,GET",
  });
  expect((await answered("http://evil.example"))["access-control-allow-origin"]).toBe(origins[0]);
});

test("a function that fails, or answers in another form, is 502", async () => {
  const status = async (payload: unknown) =>
    (await new LocalApis(restApi(), allow, () => ({ kind: "answered", payload })).send("GET /dev/files/a/b"))
      .status;
  expect(await status({ statusCode: 204 })).toBe(204);
  for (const broken of [{ a: 1 }, "x", undefined, { statusCode: 200, body: {} }]) {
    expect(await status(broken)).toBe(502);
  }
  const throwing = new LocalApis(restApi(), allow, () => ({ kind: "threw", message: "x" }));
  expect((await throwing.send("GET /dev/files/a")).status).toBe(502);
  const slow = new LocalApis(restApi(), allow, () => ({ kind: "timed-out" }));
  expect((await slow.send("GET /dev/files/a")).status).toBe(504);
});
