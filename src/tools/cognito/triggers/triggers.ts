import type { JsonObject } from "../../../json.ts";
import { objectOf, textOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import type { TriggerName } from "../config/pool-config.ts";

/** What came of calling a function: its answer, or the error that it threw. */
export type Invocation =
  | { readonly kind: "answered"; readonly payload: unknown }
  | { readonly kind: "threw"; readonly errorMessage: string | undefined }
  /** The function could not be called, or did not answer in time: `text` is AWS's. */
  | { readonly kind: "failed"; readonly text: string; readonly isFinal?: boolean };

/** Calls the function of a trigger once. Never rejects. */
export type Invoke = (trigger: TriggerName, event: JsonObject) => Promise<Invocation>;

/** Calls the function of a trigger, and gives the `response` of the event that it returned. @throws CognitoError */
export type RunTrigger = (trigger: TriggerName, event: JsonObject) => Promise<JsonObject>;

/** How often Cognito calls a function that does not answer: it "retries twice", but not after errors 500 to 599. */
const ATTEMPTS = 3;

/**
 * Runs triggers as Cognito does: three attempts at a function that does not answer in time, none more at one that
 * throws, and errors in AWS's words.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export function triggerRunner(invoke: Invoke): RunTrigger {
  return async (trigger, event) => {
    const outcome = await attempted(invoke, trigger, event);
    if (outcome.kind === "failed") {
      throw new CognitoError(
        "UnexpectedLambdaException",
        `${trigger} invocation failed due to error ${outcome.text}`,
      );
    }
    if (outcome.kind === "threw") {
      const text = outcome.errorMessage ?? "null";
      throw new CognitoError("UserLambdaValidationException", `${trigger} failed with error ${text}.`);
    }
    const answer = objectOf(outcome.payload)["response"];
    if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
      throw new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }
    return objectOf(answer);
  };
}

async function attempted(invoke: Invoke, trigger: TriggerName, event: JsonObject): Promise<Invocation> {
  let outcome = await invoke(trigger, event);
  for (let again = 1; again < ATTEMPTS && outcome.kind === "failed" && outcome.isFinal !== true; again++) {
    outcome = await invoke(trigger, event);
  }
  return outcome;
}

/** Cognito waits this long for a trigger, whatever the timeout of the function. */
const TRIGGER_LIMIT_MS = 5_000;

/**
 * Calls the functions behind triggers at a Lambda endpoint.
 *
 * @param endpoint e.g. `http://127.0.0.1:3002`
 * @param functionNames trigger -> name of its function
 */
export function lambdaEndpoint(
  endpoint: string,
  functionNames: ReadonlyMap<TriggerName, string>,
  limit = TRIGGER_LIMIT_MS,
): Invoke {
  const addresses = [...functionNames].map(
    ([trigger, name]) => [trigger, functionAddress(endpoint, name)] as const,
  );
  return httpFunctions(new Map(addresses), limit);
}

/** Where a Lambda endpoint takes the events of a function. */
export const functionAddress = (endpoint: string, name: string) =>
  `${endpoint.replace(/\/$/, "")}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;

/** Calls functions that take the event by POST, and answer it. @param addresses trigger -> address of its function */
export function httpFunctions(addresses: ReadonlyMap<TriggerName, string>, limit = TRIGGER_LIMIT_MS): Invoke {
  return async (trigger, event) => {
    const address = addresses.get(trigger);
    if (address === undefined) return { kind: "failed", text: "no function is configured." };
    const timeout = AbortSignal.timeout(limit);
    try {
      const response = await fetch(address, { method: "POST", body: JSON.stringify(event), signal: timeout });
      if (!response.ok) {
        const text = `the Lambda endpoint answered ${response.status}.`;
        return { kind: "failed", text, isFinal: response.status >= 500 };
      }
      return outcomeOf(await response.text(), response.headers.has("x-amz-function-error"));
    } catch {
      const text = timeout.aborted
        ? "Socket timeout while invoking Lambda function."
        : "the Lambda endpoint does not answer.";
      return { kind: "failed", text };
    }
  };
}

function outcomeOf(text: string, threw: boolean): Invocation {
  let payload: unknown;
  try {
    payload = text === "" ? undefined : JSON.parse(text);
  } catch {
    payload = undefined;
  }
  return threw
    ? { kind: "threw", errorMessage: textOf(objectOf(payload)["errorMessage"]) }
    : { kind: "answered", payload };
}
