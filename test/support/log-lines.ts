import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { ClaimgateError, ConfigurationError } from "../../src/errors.ts";
import { createDecisionLog } from "../../src/lambda/decision-log.ts";
import { createLog, errorFields } from "../../src/lambda/log.ts";
import { createShadow } from "../../src/lambda/shadow.ts";
import { logStopChange } from "../../src/lambda/stop-log.ts";
import { readAtStart } from "../../src/lambda/trigger-configuration.ts";
import { KnownOutageError } from "../../src/token/verification-error.ts";
import type { StackFunction } from "../../src/tools/stack/stack-functions.ts";
import { createPostConfirmation } from "../../src/triggers/post-confirmation.ts";
import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import { createPreTokenGeneration } from "../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
import { dependencies, httpEvent, restEvent, stoppedVerifier, tokenOf } from "./authorization.ts";
import { memoryDirectory } from "./memory-directory.ts";
import { policyFrom } from "./policy.ts";
import { postConfirmationEvent, preSignUpEvent, proven, tokenEvent } from "./trigger-events.ts";

/** Something that a deployed function writes lines about, by the code that writes them. */
export interface Occasion {
  readonly function: StackFunction;
  readonly act: () => unknown;
}

const lines: string[] = [];
const NOW = new Date("2026-11-24T12:00:00Z");
const log = createLog(
  (line) => lines.push(line),
  () => NOW,
);

/** The lines of an occasion, as they arrive in CloudWatch. */
export async function linesOf({ act }: Occasion): Promise<readonly string[]> {
  lines.length = 0;
  try {
    await act();
  } catch {
    // A refusal is thrown; what counts is what was logged.
  }
  return [...lines];
}

const record = createDecisionLog(log, "plain");
const asks = (name: string) => ({ headers: { authorization: `Bearer ${tokenOf(name)}` } });
const http = (event: object, deps = dependencies({ record })): Occasion => ({
  function: "httpAuthorizer",
  act: () => createHttpAuthorizer(deps)(event),
});
const failing = (error: unknown) => dependencies({ record, verify: () => Promise.reject(error) });
const changing = (before: readonly string[], now: readonly string[] | undefined): Occasion => {
  const named = (names: readonly string[]) => names.map((permission) => ({ permission }));
  return {
    function: "httpAuthorizer",
    act: () => {
      logStopChange(log, { before: { stopped: named(before) }, now: { stopped: now && named(now) } });
    },
  };
};
/** A candidate that allows nothing, beside a policy that allows. */
const shadowed: Occasion = {
  function: "httpAuthorizer",
  act: async () => {
    const candidate = policyFrom("g2, GET /health, public");
    const shadow = createShadow(
      log,
      "0",
      () => candidate,
      (run) => run(),
    );
    lines.length = 0;
    await createHttpAuthorizer(dependencies({ shadow }))(httpEvent(asks("sam")));
  },
};
const outage = new ClaimgateError("keys_unavailable", "the keys cannot be fetched");

const policy = policyFrom(`p2, *@example.com, allow
g3, *@example.com, group:staff
g, group:staff, role:clerk
`);
const trustedProviders = createTrustedProviders(new Map());
const tools = (failures: readonly string[] = []) => ({
  policy: () => policy,
  directory: () => memoryDirectory({ attributes: proven("a@example.com"), failing: failures }),
  deadline: () => new AbortController().signal,
  now: () => NOW,
  log,
});
const misconfigured = (name: StackFunction): Occasion => ({
  function: name,
  act: () =>
    readAtStart(log, name, () => {
      throw new ConfigurationError("environment variable `X` is wrong");
    }),
});
const signUp = (event: object): Occasion => ({
  function: "preSignUp",
  act: () =>
    createPreSignUp({
      ...tools(),
      options: () => ({ autoConfirm: false, linkFederatedUsers: false, trustedProviders }),
    })(event),
});
const confirmation = (failures: readonly string[] = []): Occasion => ({
  function: "postConfirmation",
  act: () =>
    createPostConfirmation({ ...tools(failures), options: () => ({ trustedProviders }) })(
      postConfirmationEvent(proven("a@example.com")),
    ),
});
const token = (event: object, failures: readonly string[] = [], tokenBudget = 6_144): Occasion => ({
  function: "preTokenGeneration",
  act: () =>
    createPreTokenGeneration({
      ...tools(failures),
      options: () => ({
        trustedProviders,
        healGroups: true,
        scopePrefix: undefined,
        copiedClaims: new Map<string, string>(),
        tokenBudget,
      }),
    })(event),
});
const lostGroups = tokenEvent({ attributes: proven("a@example.com") });

export const OCCASIONS = {
  "an allow": http(httpEvent(asks("sam"))),
  "a deny": http(httpEvent(asks("alice"))),
  "a request that nobody may send": http(httpEvent({ ...asks("sam"), rawPath: "/orders//" })),
  "a request that an emergency stop denied": http(
    httpEvent(asks("sam")),
    dependencies({ record, verify: stoppedVerifier([{ permission: "*" }]) }),
  ),
  "the first request after an emergency stop": changing([], ["orders:*"]),
  "the first request after an emergency stop that cannot be read": changing(["*"], undefined),
  "the first request after a part of it was lifted": changing(["*", "orders:*"], ["orders:*"]),
  "the first request after one stop took the place of another": changing(["*"], ["orders:*"]),
  "a difference of a shadow": shadowed,
  "a missing token": http(httpEvent()),
  "an outage of the keys": http(httpEvent(asks("sam")), failing(outage)),
  "keys that were not there at the start": {
    function: "restAuthorizer",
    act: () => log("error", "keys-not-prefetched", errorFields(outage)),
  },
  "given keys that are old": {
    function: "restAuthorizer",
    act: () => log("error", "keys-old", { days: 40, code: "keys_unavailable", error: "x" }),
  },
  "an outage of the keys that was told": http(httpEvent(asks("sam")), failing(new KnownOutageError(outage))),
  "keys that were looked for a moment ago": http(
    httpEvent(asks("sam")),
    failing(new ClaimgateError("keys_refresh_limited", "x")),
  ),
  "a defect": http(httpEvent(asks("sam")), failing(new TypeError("x", { cause: new Error("y") }))),
  "an event of another shape": http({}),
  "a 401 of the REST API": {
    function: "restAuthorizer",
    act: () => createRestAuthorizer(dependencies({ record }))(restEvent()),
  },
  "an allowed sign-up": signUp(preSignUpEvent("SignUp", { email: "a@example.com" })),
  "a refused sign-up": signUp(preSignUpEvent("SignUp", { email: "a@example.net" })),
  "a sign-up that failed": signUp({}),
  "a wrong variable of pre-sign-up": misconfigured("preSignUp"),
  "an assignment that was made": confirmation(),
  "an assignment that failed": confirmation(["add staff"]),
  "a wrong variable of post-confirmation": misconfigured("postConfirmation"),
  "healing that was done": token(lostGroups),
  "healing that failed": token(lostGroups, ["add staff"]),
  "a token that went out as it came": token({ ...tokenEvent(), request: 1 }),
  "a token over its budget": token(tokenEvent({ groups: ["staff"] }), [], 1),
  "a wrong variable of pre-token-generation": misconfigured("preTokenGeneration"),
} as const satisfies Readonly<Record<string, Occasion>>;
