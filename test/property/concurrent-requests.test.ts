import fc from "fast-check";
import { readCaller } from "../../src/authorizers/caller.ts";
import { createHttpAuthorizer, type HttpAnswer } from "../../src/authorizers/http.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import { type JsonObject, objectOf, objectsOf } from "../../src/json.ts";
import { createDecisionLog } from "../../src/lambda/decision-log.ts";
import { createLog } from "../../src/lambda/log.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { createMemoryRevocations, createRevocationCheck, revocationKey } from "../../src/token/revocation.ts";
import { createTokenMemo } from "../../src/token/token-memo.ts";
import { createKeyPair } from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import {
  claimsOf,
  httpEvent,
  jwksBytes,
  keysCache,
  localVerifier,
  nowSeconds,
  POOL_KEY,
  tokenOf,
} from "../support/authorization.ts";
import { drawn } from "../support/drawn.ts";
import { policyFrom } from "../support/policy.ts";

// Lambda Managed Instances run 64 requests and more at a time in one environment. One handler answers them here, as the
// ready one is made: real tokens, the memo, the revocation list, the decision log. fast-check draws the order in which
// requests arrive, reads of the list and fetches of the keys end, and when the policy, the keys and the list change.

const REQUESTS = 64;

const BEFORE = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, user-orders:list, allow, {userId}=sub
p, group:support, orders:delete, allow
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /users/{userId}/orders, user-orders:list
`);
/** What was allowed is denied, and the other way round. */
const AFTER = policyFrom(`
p, group:support, orders:read, allow
p, group:support, user-orders:list, allow
p, group:customers, orders:delete, allow
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /users/{userId}/orders, user-orders:list
`);

const NEW_KEY = createKeyPair("pool-key-2");
const NAMES = ["alice", "zoe", "sam", "nobody"] as const;
const KEYS = [POOL_KEY, NEW_KEY];
/** The tokens of each persona: by the key that the pool has, and by its next one. */
const TOKENS = NAMES.map((name) => KEYS.map((key) => tokenOf(name, {}, key)));
const SUBS = NAMES.map((name) => String(claimsOf(name)["sub"]));

/** One request: who asks, by which key of the pool, and for which route. */
interface Asked {
  readonly who: number;
  readonly key: number;
  readonly route: "read" | "delete" | "list";
  /** Whose orders, for `list`. */
  readonly whose: number;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  who: fc.nat(NAMES.length - 1),
  key: fc.nat(1),
  route: fc.constantFrom("read", "delete", "list"),
  whose: fc.nat(NAMES.length - 1),
});

/** The event of request `index`, whose number is in its id and in its order. */
function eventOf({ who, key, route, whose }: Asked, index: number) {
  const routeKey = {
    read: "GET /orders/{orderId}",
    delete: "DELETE /orders/{orderId}",
    list: "GET /users/{userId}/orders",
  }[route];
  const value = route === "list" ? (SUBS[whose] ?? "") : `order-${index}`;
  const event = httpEvent({
    routeKey,
    rawPath: route === "list" ? `/users/${value}/orders` : `/orders/${value}`,
    pathParameters: { [route === "list" ? "userId" : "orderId"]: value },
    headers: { authorization: `Bearer ${TOKENS[who]?.[key] ?? ""}` },
  });
  return { ...event, requestContext: { ...event.requestContext, requestId: `request-${index}` } };
}

/** What one policy decides about a request alone. */
const alone = [BEFORE, AFTER].map((policy) => {
  const verifier = localVerifier(keysCache(KEYS));
  const verify = (token: string) => verifier.verify(token);
  const handler = createHttpAuthorizer({ verify, policy: () => policy, record: () => {}, clock: () => 0 });
  const answers = new Map<string, Promise<HttpAnswer>>();
  return (one: Asked) => {
    const id = JSON.stringify([one.who, one.route, one.route === "list" ? one.whose : 0]);
    const known = answers.get(id) ?? handler(eventOf(one, 0));
    answers.set(id, known);
    return known;
  };
});

/** The handler, and the world that changes around it. */
function startEnvironment(s: fc.Scheduler) {
  const world = { policy: BEFORE as Policy, keys: [POOL_KEY], rotated: false, revoked: false };
  const inForce: string[] = [];
  const lines: JsonObject[] = [];
  const verified: string[] = [];
  // Each question is a refresh interval later, so that every unknown key may cause a fetch.
  let ticks = 0;
  const keys = jwksCacheFrom(
    () =>
      s.schedule(Promise.resolve(), "the keys arrive").then(() => {
        world.rotated ||= world.keys.includes(NEW_KEY);
        return jwksBytes(world.keys);
      }),
    () => (ticks += 60_000),
  );
  const list = createMemoryRevocations();
  const verifier = localVerifier(keys);
  const verify = (token: string) => {
    verified.push(token);
    return verifier.verify(token);
  };
  const deps: AuthorizerDependencies = {
    verify: createRevocationCheck({
      // Less than there are tokens, so that some are dropped.
      verify: createTokenMemo({ verify, keys, entries: 6, now: nowSeconds }),
      revocations: {
        find: (keys) => s.schedule(Promise.resolve(), "the list answers").then(() => list.find(keys)),
      },
      onFailure: "closed",
      unchecked: () => {},
    }),
    policy: () => {
      inForce.push(world.policy.version);
      return world.policy;
    },
    record: createDecisionLog(
      createLog(
        (line) => lines.push(objectOf(JSON.parse(line))),
        () => new Date(0),
      ),
      "plain",
    ),
    clock: () => performance.now(),
  };
  const changesNow = (): Changes => ({
    published: world.keys.includes(NEW_KEY),
    rotated: world.rotated,
    revoked: world.revoked,
  });
  return {
    world,
    changesNow,
    inForce,
    lines,
    verified,
    handler: createHttpAuthorizer(deps),
    revoke: (who: number) => {
      world.revoked = true;
      list.add({
        key: revocationKey({ by: "sub", userPoolId: LOCAL.userPoolId, sub: SUBS[who] ?? "" }),
        before: undefined,
      });
    },
  };
}

interface Answered {
  readonly request: Asked;
  readonly answer: HttpAnswer;
  /** What had changed when the request came, and when it was answered. */
  readonly came: Changes;
  readonly left: Changes;
}

interface Changes {
  /** The pool publishes its next key, and no longer the former one. */
  readonly published: boolean;
  /** The environment has fetched it. */
  readonly rotated: boolean;
  readonly revoked: boolean;
}

/** How often a run has met what it is about. */
const met = { before: 0, after: 0, refused: 0, remembered: 0, mostAtATime: 0 };

test("each of 64 requests at a time gets its own answer, by the policy that was in force", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(asked, { minLength: REQUESTS, maxLength: REQUESTS }),
      fc.nat(NAMES.length - 1),
      async (s, requests, suspect) => {
        const { world, changesNow, inForce, lines, verified, handler, revoke } = startEnvironment(s);
        let atATime = 0;
        const answers = requests.map(async (request, index): Promise<Answered> => {
          await s.schedule(Promise.resolve(), `request ${index} comes`);
          atATime += 1;
          met.mostAtATime = Math.max(met.mostAtATime, atATime);
          const came = changesNow();
          const answer = await handler(eventOf(request, index));
          atATime -= 1;
          return { request, answer, came, left: changesNow() };
        });
        const change = (label: string, action: () => void) =>
          s.schedule(Promise.resolve(), label).then(action);
        const changes = [
          change("another policy", () => {
            world.policy = AFTER;
          }),
          change("another key", () => {
            world.keys = [NEW_KEY];
          }),
          change("a revocation", () => revoke(suspect)),
        ];
        const answered = await s.waitFor(Promise.all(answers));
        await s.waitFor(Promise.all(changes));

        // One line each; the decisions in the order in which they asked for the policy.
        const ids = requests.map((_, index) => `request-${index}`);
        expect(lines.map((line) => line["requestId"]).sort()).toEqual([...ids].sort());
        const decisions = lines.filter(({ kind }) => kind === "decision");
        expect(decisions.map((line) => line["policyVersion"])).toEqual(inForce);
        met.remembered += requests.length - verified.length;

        for (const [index, one] of answered.entries()) {
          const line = lines.find(({ requestId }) => requestId === ids[index]) ?? {};
          if (line["kind"] === "token-refused") checkRefusal(one, suspect);
          else await checkDecision(one, line, suspect);
        }
      },
    ),
    drawn(80, 10),
  );
  expect(Object.entries(met).filter(([, count]) => count < 16)).toEqual([]);
}, 60_000);

/** Only a revoked user's token is refused, and that of a key which the pool does not publish at that time. */
function checkRefusal({ request, answer, came, left }: Answered, suspect: number): void {
  met.refused += 1;
  expect(answer).toEqual({ isAuthorized: false });
  const isRevoked = request.who === suspect && left.revoked;
  expect(isRevoked || (request.key === 0 ? left.rotated : !came.published)).toBe(true);
}

async function checkDecision({ request, answer, came }: Answered, line: JsonObject, suspect: number) {
  expect(line["kind"]).toBe("decision");
  // The memo has no token of a withdrawn key or of a revoked user for a request that comes later.
  expect(came.revoked && request.who === suspect).toBe(false);
  expect(came.rotated && request.key === 0).toBe(false);
  const isAfter = line["policyVersion"] === AFTER.version;
  met[isAfter ? "after" : "before"] += 1;
  expect(answer).toEqual(await alone[isAfter ? 1 : 0]?.(request));
  expect(line["effect"]).toBe(answer.isAuthorized ? "allow" : "deny");
  expect(line["subjects"]).toContain(`user:${SUBS[request.who]}`);
  for (const input of objectsOf(line["inputs"])) {
    expect(input).toMatchObject({ parameterValue: SUBS[request.whose], claimValue: SUBS[request.who] });
  }
  if (answer.isAuthorized) expect(callerIn(answer)?.sub).toBe(SUBS[request.who]);
}

const callerIn = (answer: HttpAnswer) => {
  const lambda = "context" in answer ? answer.context : undefined;
  return readCaller({ version: "2.0", requestContext: { authorizer: { lambda } } });
};
