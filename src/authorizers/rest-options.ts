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
   * Whether one answer is given for all path routes of the policy, which API Gateway may keep for the token. The build
   * has proven that they can be told apart (lint rule `whole-api-inexpressible`). Else each request gets its own answer,
   * which must not be kept.
   */
  readonly wholeApi?: boolean | undefined;
}

/** The answer with the API key of the caller's app client, if it has one. */
export function withUsageKey(answer: IamAnswer, { client }: Caller, { usageKeys }: RestOptions): IamAnswer {
  const usageIdentifierKey = usageKeys?.get(client);
  return usageIdentifierKey === undefined ? answer : { ...answer, usageIdentifierKey };
}
