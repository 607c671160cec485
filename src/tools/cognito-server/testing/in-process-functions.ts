import { randomUUID } from "node:crypto";
import { messageOf } from "../../../errors.ts";
import type { TriggerName } from "../../cognito/config/pool-config.ts";
import type { Invocation, Invoke } from "../../cognito/triggers/triggers.ts";

/** A handler as a Lambda function exports it: it returns, or calls the third argument. */
export type InProcessHandler = (event: never, context: never, callback: never) => unknown;

/** Cognito waits this long for a trigger. */
const LIMIT_MS = 5_000;

/** Calls the functions of triggers in this process, with a copy of the event, as long as Cognito would wait. */
export function inProcessFunctions(
  handlers: Readonly<Partial<Record<TriggerName, InProcessHandler>>>,
  limit = LIMIT_MS,
): Invoke {
  return async (trigger, event) => {
    const handler = handlers[trigger];
    if (handler === undefined) return { kind: "failed", text: "no function is configured." };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Invocation>((resolve) => {
      const text = "Socket timeout while invoking Lambda function.";
      timer = setTimeout(() => resolve({ kind: "failed", text }), limit);
    });
    try {
      return await Promise.race([answered(handler, trigger, structuredClone(event)), late]);
    } catch (error) {
      return { kind: "threw", errorMessage: messageOf(error) };
    } finally {
      clearTimeout(timer);
    }
  };
}

async function answered(handler: InProcessHandler, trigger: TriggerName, event: object): Promise<Invocation> {
  const call = handler as (...given: readonly unknown[]) => unknown;
  const called = await new Promise<unknown>((resolve, reject) => {
    const callback = (error: unknown, result: unknown) => {
      // What it is called with is what Lambda would answer.
      if (error === null || error === undefined) resolve(result);
      else reject(error instanceof Error ? error : new Error(String(error)));
    };
    const returned = Promise.resolve().then(() => call(event, contextOf(trigger), callback));
    // A handler with a callback returns nothing by itself.
    returned.then((result) => {
      if (result !== undefined || handler.length < 3) resolve(result);
    }, reject);
  });
  // The answer goes through JSON, as between Lambda and Cognito.
  return { kind: "answered", payload: JSON.parse(JSON.stringify(called ?? null)) as unknown };
}

/** What a handler of a trigger may look at. */
const contextOf = (trigger: TriggerName) => ({
  functionName: trigger,
  functionVersion: "$LATEST",
  awsRequestId: randomUUID(),
  memoryLimitInMB: "128",
  getRemainingTimeInMillis: () => LIMIT_MS,
});
