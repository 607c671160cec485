import fc from "fast-check";
import { readCaller } from "../../src/authorizers/caller.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http-api-v2.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { UndecidedError } from "../../src/authorizers/undecided.ts";
import { dependencies, httpEvent, restEvent, tokenOf } from "../support/authorization.ts";

// Events are data from outside: whatever they are, nothing is allowed without a good token, and nothing
// crashes in a way that nobody meant.

const deps = dependencies();
const http = createHttpAuthorizer(deps);
const rest = createRestAuthorizer(deps);

const isMeant = (error: unknown) =>
  error instanceof UndecidedError || (error instanceof Error && error.message === "Unauthorized");

type Verdict = "allowed" | "denied" | "undecided" | "unauthorized";

async function httpVerdict(event: unknown): Promise<Verdict> {
  try {
    return (await http(event)).isAuthorized ? "allowed" : "denied";
  } catch (error) {
    if (isMeant(error)) return "undecided";
    throw error;
  }
}

async function restVerdict(event: unknown): Promise<Verdict> {
  try {
    const answer = await rest(event);
    return answer.policyDocument.Statement[0]?.Effect === "Allow" ? "allowed" : "denied";
  } catch (error) {
    if (isMeant(error)) return error instanceof UndecidedError ? "undecided" : "unauthorized";
    throw error;
  }
}

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

const garbage = fc.oneof(fc.jsonValue(), fc.anything(), mutated(httpEvent()), mutated(restEvent()));

describe("whatever the event is", () => {
  test("without a good token nothing is allowed, and only meant errors are thrown", async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (event) => {
        expect(await httpVerdict(event)).not.toBe("allowed");
        expect(await restVerdict(event)).not.toBe("allowed");
      }),
      { numRuns: 1000 },
    );
  });

  test("with the token of somebody who may nothing, nothing is allowed", async () => {
    const headers = { authorization: `Bearer ${tokenOf("nobody")}` };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(mutated(httpEvent({ headers })), mutated(restEvent({ headers }))),
        async (event) => {
          expect(await httpVerdict(event)).not.toBe("allowed");
          expect(await restVerdict(event)).not.toBe("allowed");
        },
      ),
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
          const event = httpEvent({ headers: { authorization: value } });
          expect(await httpVerdict(event)).toBe("denied");
          expect(await restVerdict(restEvent({ headers: { Authorization: value } }))).toBe("unauthorized");
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
