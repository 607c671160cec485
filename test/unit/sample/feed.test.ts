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
  it("agrees on the subprotocol that the authorizer names, and on no other", async () => {
    const connect = (authorizer: object) =>
      answerFeed(
        {
          requestContext: { routeKey: "$connect", authorizer },
          headers: { "Sec-WebSocket-Protocol": "chosen-by-the-client" },
        },
        world,
      );
    const context = encodeCaller(support);
    expect(await connect({ ...context, subprotocol: "graphql-transport-ws" })).toEqual({
      statusCode: 200,
      headers: { "Sec-WebSocket-Protocol": "graphql-transport-ws" },
    });
    expect(await connect(context)).toEqual({ statusCode: 200 });
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
