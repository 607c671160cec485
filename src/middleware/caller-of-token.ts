import type { Caller } from "../authorizers/caller.ts";
import { callerOf } from "../authorizers/run-authorizer.ts";
import { appOf } from "../policy/app.ts";
import type { Policy } from "../policy/policy.ts";
import { tokenSubjects } from "../policy/subject.ts";
import type { VerifiedToken } from "../token/verified-token.ts";

/** The caller, if the backend verified the token itself. */
export function callerOfToken(token: VerifiedToken, policy: Policy): Caller {
  const nothingDecided = { mode: "whole-api", permission: undefined, determining: undefined } as const;
  return callerOf({ token, subjects: tokenSubjects(token), app: appOf(token), policy }, nothingDecided);
}
