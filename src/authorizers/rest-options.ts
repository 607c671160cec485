import type { Caller } from "./caller.ts";
import type { IamAnswer } from "./iam-answer.ts";
import type { TokenCookie } from "./token-cookie.ts";

/** The options of a stage for the authorizers of REST APIs. */
export interface RestOptions {
  /**
   * Logical name of an app client -> the value of its API key, for an API whose `apiKeySourceType` is AUTHORIZER. For a
   * client without a key, API Gateway answers 403 on methods that require one.
   */
  readonly usageKeys?: ReadonlyMap<string, string> | undefined;
  /**
   * Whether one answer is given for all path routes of the policy, which API Gateway may keep for the token. The build
   * has proven that they can be told apart (lint rule `whole-api-inexpressible`). Else each request gets its own
   * answer, which must not be kept.
   */
  readonly wholeApi?: boolean | undefined;
}

/** The options of a REQUEST authorizer. An authorizer of type TOKEN does not see `Origin`, so it reads no cookie. */
export interface RestRequestOptions extends RestOptions {
  /** A cookie that may carry the token. Undefined: only `Authorization` does. */
  readonly cookie?: TokenCookie | undefined;
}

/** Adds the API key of the caller's app client, if it has one. */
export function withUsageKey(answer: IamAnswer, { client }: Caller, { usageKeys }: RestOptions): IamAnswer {
  const usageIdentifierKey = usageKeys?.get(client);
  return usageIdentifierKey === undefined ? answer : { ...answer, usageIdentifierKey };
}
