import {
  createWebsocketAuthorizer,
  decodeConnectEvent,
  MAX_ANSWER_BYTES,
  type TokenPlace,
} from "../../../src/authorizers/websocket.ts";
import { connectEvent, dependencies, tokenOf } from "../../support/authorization.ts";
import { policyFrom } from "../../support/policy.ts";
import { codeThrownBy } from "../../support/thrown.ts";

const POLICY = policyFrom("p, group:customers, feed:connect, allow\ng2, $connect, feed:connect");
const ARN = "arn:aws:execute-api:us-east-1:111122223333:ghi789/dev/$connect";

const authorizer = (place: TokenPlace, deps = dependencies({ policy: () => POLICY })) =>
  createWebsocketAuthorizer(deps, place);

const carrying = (place: TokenPlace, token: string) => {
  switch (place) {
    case "header":
      return connectEvent({ headers: { Authorization: `Bearer ${token}` } });
    case "subprotocol":
      return connectEvent({ headers: { "Sec-WebSocket-Protocol": `claimgate, ${token}` } });
    case "query":
      return connectEvent({ query: { access_token: token } });
  }
};

describe.each(["header", "subprotocol", "query"] as const)("a connection with its token by %s", (place) => {
  it("is allowed for exactly `$connect`, with a context for its messages", async () => {
    expect(await authorizer(place)(carrying(place, tokenOf("alice")))).toMatchObject({
      principalId: "11111111-1111-4111-8111-000000000001",
      policyDocument: { Statement: [{ Effect: "Allow", Resource: [ARN] }] },
      context: {
        permission: "feed:connect",
        mode: "request",
        expiresAt: expect.stringMatching(/^\d+$/) as string,
      },
    });
  });

  it("is denied explicitly to a caller without the permission", async () => {
    expect(await authorizer(place)(carrying(place, tokenOf("nobody")))).toMatchObject({
      policyDocument: { Statement: [{ Effect: "Deny", Resource: [ARN] }] },
    });
  });

  it("is refused with `Unauthorized` for a bad token and for none", async () => {
    for (const event of [carrying(place, "x.y.z"), connectEvent({})]) {
      await expect(authorizer(place)(event)).rejects.toEqual(new Error("Unauthorized"));
    }
  });

  it("does not look for the token anywhere else", async () => {
    for (const other of (["header", "subprotocol", "query"] as const).filter((one) => one !== place)) {
      await expect(authorizer(place)(carrying(other, tokenOf("alice")))).rejects.toEqual(
        new Error("Unauthorized"),
      );
    }
  });
});

describe("the subprotocols of a handshake", () => {
  const protocols = (...values: string[]) =>
    connectEvent({ multiValueHeaders: { "sec-websocket-protocol": values } });
  const code = (event: unknown) => codeThrownBy(decodeConnectEvent(event, "subprotocol").token);

  it("may be in one header or in several", () => {
    expect(decodeConnectEvent(protocols("claimgate", "a.b.c"), "subprotocol").token()).toBe("a.b.c");
    expect(decodeConnectEvent(protocols("claimgate,a.b.c"), "subprotocol").token()).toBe("a.b.c");
  });

  it.each([
    ["claimgate"],
    ["a.b.c"],
    ["a.b.c, claimgate"],
    ["claimgate, a.b.c, d.e.f"],
    ["claimgate, "],
    ["graphql-ws, a.b.c"],
    ["claimgate, a.b.c, graphql-ws"],
    ["claimgate, claimgate, a.b.c"],
    [", claimgate, a.b.c"],
    ["graphql ws, claimgate, a.b.c"],
  ])("must end with `claimgate` and one token: %s", (value) => {
    expect(code(protocols(value))).toBe("token_malformed");
  });

  it("may begin with those of the client", () => {
    const event = protocols("graphql-transport-ws, v12.stomp, claimgate, a.b.c");
    expect(decodeConnectEvent(event, "subprotocol").token()).toBe("a.b.c");
  });

  it("are not two tokens", () => {
    expect(code(protocols(`${tokenOf("sam")}, claimgate, ${tokenOf("alice")}`))).toBe("token_malformed");
    expect(code(protocols(`claimgate, ${tokenOf("sam")}, claimgate, ${tokenOf("alice")}`))).toBe(
      "token_malformed",
    );
  });

  it.each([
    ["claimgate", "the client has none of its own", "claimgate, TOKEN"],
    ["graphql-transport-ws", "it has one", "graphql-transport-ws, claimgate, TOKEN"],
    ["graphql-ws", "it has several, the first being its choice", "graphql-ws, v12.stomp, claimgate, TOKEN"],
  ])("tell the integration to return `%s` if %s", async (expected, _what, header) => {
    const event = protocols(header.replace("TOKEN", tokenOf("alice")));
    expect(await authorizer("subprotocol")(event)).toHaveProperty("context.subprotocol", expected);
  });

  it("say nothing to the integration if the token is elsewhere, or the connection is denied", async () => {
    const elsewhere = connectEvent({
      headers: { Authorization: `Bearer ${tokenOf("alice")}`, "Sec-WebSocket-Protocol": "graphql-ws" },
    });
    expect(await authorizer("header")(elsewhere)).not.toHaveProperty("context.subprotocol");
    const denied = protocols(`graphql-ws, claimgate, ${tokenOf("nobody")}`);
    expect(await authorizer("subprotocol")(denied)).not.toHaveProperty("context");
  });

  it("have a limit, before anything is taken apart", () => {
    expect(code(protocols(`claimgate,${"x".repeat(20_000)}`))).toBe("token_too_large");
  });
});

it("two tokens in the query are refused", () => {
  const event = {
    ...connectEvent({ query: { access_token: "b" } }),
    multiValueQueryStringParameters: { access_token: ["a", "b"] },
  };
  expect(codeThrownBy(decodeConnectEvent(event, "query").token)).toBe("token_malformed");
});

it("an answer that AWS would refuse for its size is a deny, and the log says why", async () => {
  const groups = ["customers", ...Array.from({ length: 99 }, (_, at) => `${"g".repeat(60)}${at}`)];
  const deps = dependencies({ policy: () => POLICY });
  const event = carrying("header", tokenOf("alice", { "cognito:groups": groups }));
  const answer = await authorizer("header", deps)(event);
  expect(answer.policyDocument.Statement[0]?.Effect).toBe("Deny");
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(MAX_ANSWER_BYTES);
  expect(deps.records).toMatchObject([{ decided: { by: "refusal", error: { code: "answer_too_large" } } }]);
});

it.each([
  ["a message", { requestContext: { routeKey: "sendMessage", eventType: "MESSAGE", requestId: "r" } }],
  ["another ARN", { methodArn: "arn:aws:execute-api:us-east-1:111122223333:ghi789/dev/GET/x" }],
  ["another type", { type: "TOKEN" }],
])("%s is not a connection", (_what, changes) => {
  expect(codeThrownBy(() => decodeConnectEvent({ ...connectEvent({}), ...changes }, "header"))).toBe(
    "request_malformed",
  );
});
