import { asAws } from "../../../../../src/tools/local/gateways/offline-routes.ts";

const STAGE = "arn:aws:execute-api:us-east-1:random-account-id:random-api-id/dev";

/** What serverless-offline 14.8.2 hands to the authorizer of a REST API. */
const restEvent = (pattern: string, path: string, pathParameters: unknown) => ({
  type: "REQUEST",
  methodArn: `${STAGE}/GET${pattern}`,
  resource: pattern,
  path,
  pathParameters,
  requestContext: { resourcePath: pattern, resourceId: `GET ${pattern}` },
});

test("a REST event has the greedy parameter and the concrete ARN of API Gateway", () => {
  const event = restEvent("/files/{proxy*}", "/dev/files/a/b", { proxy: "a/b" });

  asAws(event);

  expect(event).toEqual({
    type: "REQUEST",
    methodArn: `${STAGE}/GET/files/a/b`,
    resource: "/files/{proxy+}",
    path: "/dev/files/a/b",
    pathParameters: { proxy: "a/b" },
    requestContext: { resourcePath: "/files/{proxy+}", resourceId: "GET /files/{proxy+}" },
  });
});

test("so has an event of an HTTP API, and its path is that of the request", () => {
  const key = "GET /users/{id}/{proxy*}";
  const event = {
    routeArn: `${STAGE}/GET/users/{id}/{proxy*}`,
    routeKey: key,
    rawPath: "/users/7/a%20b/c",
    pathParameters: { id: "7", proxy: "a b/c" },
    requestContext: { routeKey: key, http: { method: "GET", path: "/users/{id}/{proxy*}" } },
  };

  asAws(event);

  expect(event).toMatchObject({
    routeArn: `${STAGE}/GET/users/7/a%20b/c`,
    routeKey: "GET /users/{id}/{proxy+}",
    requestContext: { routeKey: "GET /users/{id}/{proxy+}", http: { path: "/users/7/a%20b/c" } },
  });
});

test.each([
  ["no segment for the greedy parameter", "/dev/files", null],
  ["parameters of another path", "/dev/files/a", { proxy: "b" }],
])("with %s the ARN keeps the pattern, which is denied", (_what, path, parameters) => {
  const event = restEvent("/files/{proxy*}", path, parameters);

  asAws(event);

  expect(event.methodArn).toBe(`${STAGE}/GET/files/{proxy*}`);
});

test.each([
  { triggerSource: "PreSignUp_SignUp", userName: "{a*}" },
  { type: "REQUEST", methodArn: `${STAGE}/$connect`, requestContext: { routeKey: "$connect" } },
])("an event without a path stays as it is", (event) => {
  const before = structuredClone(event);

  asAws(event);

  expect(event).toEqual(before);
});
