import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { CognitoError } from "./cognito-error.ts";
import type { TriggerName } from "./pool-plan.ts";

/** Cognito waits this long for a trigger, whatever the timeout of the function. */
const TRIGGER_LIMIT_MS = 5_000;

/** Calls the function of a trigger and gives the `response` of the event that it returned. */
export type InvokeTrigger = (trigger: TriggerName, event: JsonObject) => Promise<JsonObject>;

/**
 * Calls triggers at a Lambda endpoint, here that of serverless-offline, and fails in the words of Cognito: what
 * a function throws reaches the caller of the API as `UserLambdaValidationException`.
 *
 * @param endpoint e.g. `http://127.0.0.1:3002`
 */
export function createTriggerInvoker(
  endpoint: string,
  functionNames: ReadonlyMap<TriggerName, string>,
  limit = TRIGGER_LIMIT_MS,
): InvokeTrigger {
  return async (trigger, event) => {
    const name = functionNames.get(trigger);
    if (name === undefined) throw unexpected(trigger, "no function is configured.");
    const { failed, payload } = await invoke(endpoint, name, event, trigger, limit);
    if (failed) {
      const text = textOf(objectOf(payload)["errorMessage"]) ?? "null";
      throw new CognitoError("UserLambdaValidationException", `${trigger} failed with error ${text}.`);
    }
    const answer = objectOf(payload)["response"];
    if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
      throw new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }
    return objectOf(answer);
  };
}

async function invoke(
  endpoint: string,
  name: string,
  event: JsonObject,
  trigger: TriggerName,
  limit: number,
): Promise<{ failed: boolean; payload: unknown }> {
  const timeout = AbortSignal.timeout(limit);
  try {
    const response = await fetch(`${endpoint}/2015-03-31/functions/${name}/invocations`, {
      method: "POST",
      body: JSON.stringify(event),
      signal: timeout,
    });
    if (!response.ok) throw unexpected(trigger, `the Lambda endpoint answered ${response.status}.`);
    const text = await response.text();
    return {
      failed: response.headers.has("x-amz-function-error"),
      payload: text === "" ? undefined : JSON.parse(text),
    };
  } catch (error) {
    if (error instanceof CognitoError) throw error;
    if (timeout.aborted) {
      throw unexpected(trigger, "Socket timeout while invoking Lambda function.");
    }
    if (error instanceof SyntaxError) {
      throw new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }
    throw unexpected(trigger, "the Lambda endpoint does not answer.");
  }
}

const unexpected = (trigger: TriggerName, text: string) =>
  new CognitoError("UnexpectedLambdaException", `${trigger} invocation failed due to error ${text}`);
