import fc from "fast-check";
import { createAppSyncAuthorizer } from "../../src/authorizers/appsync.ts";
import { readCaller } from "../../src/authorizers/caller.ts";
import { createHttpV1Authorizer } from "../../src/authorizers/http-api-v1.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http-api-v2.ts";
import { createHttpPolicyAuthorizer } from "../../src/authorizers/http-api-v2-policy.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { createRestTokenAuthorizer } from "../../src/authorizers/rest-token.ts";
import { UndecidedError } from "../../src/authorizers/undecided.ts";
import { createWebsocketAuthorizer } from "../../src/authorizers/websocket.ts";
import {
  appSyncEvent,
  connectEvent,
  dependencies,
  httpEvent,
  httpV1Event,
  nowSeconds,
  restEvent,
  restTokenEvent,
  tokenOf,
} from "../support/authorization.ts";

// Events are data from outside: whatever they are, nothing is allowed without a good token, and nothing
// crashes in a way that nobody meant.

const deps = dependencies();

/** Every authorizer, by the shape of its event. */
const AUTHORIZERS: readonly ((event: unknown) => Promise<object>)[] = [
  createHttpAuthorizer(deps),
  createHttpPolicyAuthorizer(deps),
  createHttpV1Authorizer(deps),
  createRestAuthorizer(deps),
  createRestAuthorizer(deps, { wholeApi: true }),
  createRestTokenAuthorizer(deps),
  createRestTokenAuthorizer(deps, { wholeApi: true }),
  createWebsocketAuthorizer(deps, "header"),
  createWebsocketAuthorizer(deps, "subprotocol"),
  createWebsocketAuthorizer(deps, "query"),
  createAppSyncAuthorizer(deps, { ttl: 60, now: nowSeconds }),
];

const isMeant = (error: unknown) =>
  error instanceof UndecidedError || (error instanceof Error && error.message === "Unauthorized");

type Verdict = "allowed" | "denied" | "undecided" | "unauthorized";

async function verdictOf(asked: Promise<object>): Promise<Verdict> {
  try {
    const { isAuthorized, policyDocument } = (await asked) as {
      isAuthorized?: boolean;
      policyDocument?: { Statement: { Effect: string }[] };
    };
    const allows =
      isAuthorized === true || policyDocument?.Statement.some(({ Effect }) => Effect === "Allow");
    return allows === true ? "allowed" : "denied";
  } catch (error) {
    if (isMeant(error)) return error instanceof UndecidedError ? "undecided" : "unauthorized";
    throw error;
  }
}

/** The verdicts of every authorizer on one event, whosever shape it has. */
const verdicts = (event: unknown) =>
  Promise.all(AUTHORIZERS.map((authorizer) => verdictOf(authorizer(event))));

/** An event of ours with some of its values replaced by anything. */
const mutated = (event: Readonly<Record<string, unknown>>) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...Object.keys(event)), fc.jsonValue()),
      fc.dictionary(fc.constantFrom("http", "requestId", "stage", "authorizer"), fc.jsonValue()),
    )
    .map(([changes, context]) => ({
      ...event,
      requestContext: { ...(event["requestContext"] as object), ...context },
      ...changes,
    }));

/** An event of each shape, with this `Authorization`. */
const eventsWith = (authorization: string | undefined) => {
  const headers = authorization === undefined ? {} : { authorization };
  return [
    httpEvent({ headers }),
    httpV1Event({ headers }),
    restEvent({ headers }),
    restTokenEvent({ token: authorization }),
    connectEvent({ headers }),
    appSyncEvent(authorization),
  ];
};

const garbage = fc.oneof(fc.jsonValue(), fc.anything(), ...eventsWith(undefined).map(mutated));

describe("whatever the event is", () => {
  test("without a good token nothing is allowed, and only meant errors are thrown", async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (event) => {
        expect(await verdicts(event)).not.toContain("allowed");
      }),
      { numRuns: 1000 },
    );
  });

  test("with the token of somebody who may nothing, nothing is allowed", async () => {
    const events = eventsWith(`Bearer ${tokenOf("nobody")}`).map(mutated);
    await fc.assert(
      fc.asyncProperty(fc.oneof(...events), async (event) => {
        expect(await verdicts(event)).not.toContain("allowed");
      }),
      { numRuns: 500 },
    );
  });

  test("any Authorization value that is not a good token is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `Bearer ${text}`),
        ),
        async (value) => {
          for (const event of eventsWith(value)) {
            const found = await verdicts(event);
            expect(found).not.toContain("allowed");
            // Each event is of the shape of one at least, which says that the token is bad.
            expect(found.some((verdict) => verdict === "denied" || verdict === "unauthorized")).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a backend reads a caller or nothing, and never throws", () => {
    fc.assert(
      fc.property(garbage, (event) => {
        expect(readCaller(event)).toBeUndefined();
      }),
    );
  });
});
