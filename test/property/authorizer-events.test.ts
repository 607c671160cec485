import fc from "fast-check";
import { readCaller } from "../../src/authorizers/caller.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { drawn } from "../support/drawn.ts";
import { answerOf } from "../support/gateways/answer.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";

// Events are data from outside: whatever they are, nothing is allowed without a good token, and nothing
// crashes in a way that nobody meant.

const deps = dependencies();

/** Every authorizer, in every mode that it has. */
const AUTHORIZERS = GATEWAYS_UNDER_TEST.flatMap(({ authorizers }) =>
  authorizers.map((create) => create(deps)),
);

/** What every authorizer answers one event, whichever gateway it is of. Throws what nobody meant to throw. */
const answers = (event: unknown) => Promise.all(AUTHORIZERS.map((authorizer) => answerOf(authorizer(event))));

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

/** An event of each gateway, with this `Authorization`. */
const eventsWith = (authorization: string | undefined) =>
  GATEWAYS_UNDER_TEST.map(({ eventOf }) =>
    eventOf({ authorization: authorization === undefined ? [] : [authorization] }),
  );

const garbage = fc.oneof(fc.jsonValue(), fc.anything(), ...eventsWith(undefined).map(mutated));

describe("whatever the event is", () => {
  test("without a good token nothing is allowed, and only meant errors are thrown", async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (event) => {
        expect(await answers(event)).not.toContain("allowed");
      }),
      drawn(1000),
    );
  });

  test("with the token of a caller without permissions, nothing is allowed", async () => {
    const events = eventsWith(`Bearer ${tokenOf("nobody")}`).map(mutated);
    await fc.assert(
      fc.asyncProperty(fc.oneof(...events), async (event) => {
        expect(await answers(event)).not.toContain("allowed");
      }),
      drawn(500),
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
            const found = await answers(event);
            expect(found).not.toContain("allowed");
            // Each event is of the shape of one at least, which says that the token is bad.
            expect(found.some((answer) => answer === "denied" || answer === "unauthenticated")).toBe(true);
          }
        },
      ),
      drawn(500),
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
