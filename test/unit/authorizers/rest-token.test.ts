import { createRestTokenAuthorizer, decodeRestTokenEvent } from "../../../src/authorizers/rest-token.ts";
import { dependencies, restTokenEvent, tokenOf } from "../../support/authorization.ts";
import { policyFrom } from "../../support/policy.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, files:read, allow
p, group:customers, own:read, allow, {userId}=sub
p, group:customers, rest:default, allow
g2, GET /orders/{orderId}, orders:read
g2, GET /orders/export, orders:export
g2, GET /files/{proxy+}, files:read
g2, GET /users/{userId}, own:read
g2, GET /, orders:read
g2, $default, rest:default
`);

const token = (name: string) => `Bearer ${tokenOf(name)}`;
const SUB = "11111111-1111-4111-8111-000000000001";

async function effectOn(path: string, name = "alice", method = "GET"): Promise<string | undefined> {
  const authorizer = createRestTokenAuthorizer(dependencies({ policy: () => POLICY }));
  const answer = await authorizer(restTokenEvent({ token: token(name), path, method }));
  return answer.policyDocument.Statement[0]?.Effect;
}

describe("the TOKEN authorizer of a REST API", () => {
  it("finds the route by the path of the ARN, as API Gateway does", async () => {
    expect(await effectOn("/orders/1")).toBe("Allow");
    expect(await effectOn("/orders/a:b")).toBe("Allow");
    expect(await effectOn("/orders/export")).toBe("Deny");
    expect(await effectOn("/files/a/b/c")).toBe("Allow");
    expect(await effectOn("/")).toBe("Allow");
  });

  it("decides on the values in the path", async () => {
    expect(await effectOn(`/users/${SUB}`)).toBe("Allow");
    expect(await effectOn("/users/somebody-else")).toBe("Deny");
  });

  it("never falls back on `$default`, which REST APIs do not have", async () => {
    expect(await effectOn("/unknown")).toBe("Deny");
    expect(await effectOn("/orders/1", "alice", "DELETE")).toBe("Deny");
  });

  it.each([
    "/orders/%65xport",
    "/orders/%2e%2e",
    "/orders/a%2Fb",
    "/orders//1",
    "/orders/1/",
    "/orders/*",
    "/orders/%zz",
  ])("denies %s, which two readers may read differently", async (path) => {
    expect(await effectOn(path)).toBe("Deny");
  });

  it("names exactly the request in an explicit answer", async () => {
    const authorizer = createRestTokenAuthorizer(dependencies({ policy: () => POLICY }));
    const event = restTokenEvent({ token: token("alice"), path: "/orders/a%20b" });
    expect(await authorizer(event)).toMatchObject({
      principalId: SUB,
      policyDocument: { Statement: [{ Effect: "Allow", Resource: [event["methodArn"]] }] },
      context: { permission: "orders:read", mode: "request" },
    });
    const wild = restTokenEvent({ token: token("alice"), path: "/orders/*" });
    expect((await authorizer(wild)).policyDocument.Statement).toEqual([
      { Action: "execute-api:Invoke", Effect: "Deny", Resource: ["*"] },
    ]);
  });

  it.each([undefined, "", "x.y.z", "Bearer x.y.z", "Basic YTpi"])(
    "throws `Unauthorized` for %j",
    async (bad) => {
      const authorizer = createRestTokenAuthorizer(dependencies());
      await expect(authorizer(restTokenEvent({ token: bad }))).rejects.toEqual(new Error("Unauthorized"));
    },
  );

  it("gives the API key of the app client, and none to another", async () => {
    const usageKeys = new Map([["web", "key-of-web"]]);
    const authorizer = createRestTokenAuthorizer(dependencies({ policy: () => POLICY }), { usageKeys });
    expect(await authorizer(restTokenEvent({ token: token("alice") }))).toMatchObject({
      usageIdentifierKey: "key-of-web",
    });
    const machines = policyFrom(
      "p, role:machine, orders:read, allow\ng2, GET /orders/{orderId}, orders:read",
    );
    const other = createRestTokenAuthorizer(dependencies({ policy: () => machines }), { usageKeys });
    const answer = await other(restTokenEvent({ token: token("reporting") }));
    expect(answer.policyDocument.Statement[0]?.Effect).toBe("Allow");
    expect(answer).not.toHaveProperty("usageIdentifierKey");
  });

  it.each([
    ["of another type", { ...restTokenEvent({}), type: "REQUEST" }],
    ["without an ARN", { type: "TOKEN", authorizationToken: "x" }],
    ["with the ARN of a connection", restTokenEvent({ methodArn: "arn:aws:execute-api:r:a:b/dev/$connect" })],
    ["that is null", null],
  ])("an event %s is malformed", (_what, event) => {
    expect(codeThrownBy(() => decodeRestTokenEvent(event))).toBe("request_malformed");
  });
});
