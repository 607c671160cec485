import { type Caller, encodeCaller } from "../../../src/authorizers/caller.ts";
import { createPermissionGuard } from "../../../src/middleware/require-permission.ts";
import { answerFeed } from "../../../src/sample/feed.ts";
import { FIRST_ORDERS } from "../../../src/sample/order-store.ts";
import { createMemoryOrderStore } from "../../../src/sample/order-store-memory.ts";
import { samplePolicy } from "../../support/policy.ts";

const POLICY = samplePolicy();
const { check } = createPermissionGuard({ policy: () => POLICY, now: () => 1_000 });
const world = { store: createMemoryOrderStore(FIRST_ORDERS), check };

const support: Caller = {
  kind: "user",
  sub: "sam",
  client: "web",
  roles: ["support"],
  groups: ["support"],
  poolAlias: undefined,
  subjects: ["role:authenticated", "user:sam", "group:support"],
  appScopes: [],
  conditionClaims: {},
  expiresAt: 2_000,
  mode: "request",
  permission: "feed:connect",
  policyVersion: POLICY.version,
  determining: "policies/other-gateways.csv:7",
};

const message = (body: unknown, changes: Partial<Caller> = {}) => ({
  requestContext: { routeKey: "$default", authorizer: encodeCaller({ ...support, ...changes }) },
  body,
});

const LIST = '{"action":"list"}';

describe("the sample WebSocket API", () => {
  it("agrees on the subprotocol that a client offers, and on no other", async () => {
    const connect = (headers: object) =>
      answerFeed({ requestContext: { routeKey: "$connect" }, headers }, world);
    expect(await connect({ "Sec-WebSocket-Protocol": "claimgate, a.b.c" })).toEqual({
      statusCode: 200,
      headers: { "Sec-WebSocket-Protocol": "claimgate" },
    });
    expect(await connect({ Authorization: "Bearer a.b.c" })).toEqual({ statusCode: 200 });
    expect(await connect({ "sec-websocket-protocol": "graphql-ws" })).toEqual({ statusCode: 200 });
  });

  it("decides each message by itself", async () => {
    expect(await answerFeed(message(LIST), world)).toMatchObject({ statusCode: 200 });
    const customer = { subjects: ["role:authenticated", "user:c", "group:customers"] } as const;
    expect(await answerFeed(message(LIST, customer), world)).toMatchObject({ statusCode: 403 });
  });

  it("refuses a connection whose token has ended", async () => {
    expect(await answerFeed(message(LIST, { expiresAt: 1_000 }), world)).toMatchObject({ statusCode: 403 });
  });

  it.each([undefined, null, "", "x", "[]", "{}", '{"action":"drop"}', 7, {}])(
    "does nothing for %j",
    async (body) => {
      expect(await answerFeed(message(body), world)).toMatchObject({ statusCode: 400 });
    },
  );

  it("sends nothing when a client leaves", async () => {
    expect(await answerFeed({ requestContext: { routeKey: "$disconnect" } }, world)).toEqual({
      statusCode: 200,
    });
  });
});
