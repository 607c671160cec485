import type { Caller } from "./caller.ts";
import type { IamAnswer } from "./iam-answer.ts";

/** What a stage chooses for the authorizers of REST APIs. */
export interface RestOptions {
  /**
   * Logical name of an app client -> the value of its API key, for an API whose `apiKeySourceType` is AUTHORIZER. A
   * client without a key gets none, and then API Gateway answers 403 where a method requires one.
   */
  readonly usageKeys?: ReadonlyMap<string, string> | undefined;
  /**
   * The routes of the API, where one answer for all of them is given and API Gateway may keep it. Undefined: each
   * request gets its own answer, which must not be kept.
   */
  readonly wholeApi?: readonly string[] | undefined;
}

/** The answer with the API key of the caller's app client, if it has one. */
export function withUsageKey(answer: IamAnswer, { client }: Caller, { usageKeys }: RestOptions): IamAnswer {
  const usageIdentifierKey = usageKeys?.get(client);
  return usageIdentifierKey === undefined ? answer : { ...answer, usageIdentifierKey };
}
