import { type Caller, readCaller } from "../authorizers/caller.ts";
import type { CustomDomains } from "../authorizers/custom-domains.ts";
import { decidePermission } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import { isPermission } from "../policy/permission.ts";
import type { Policy } from "../policy/policy.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import { callerOfToken } from "./caller-of-token.ts";

/** What a check needs beside the event. */
export interface CheckOptions {
  /** The policy in force; asked once a check. It should be the one that the authorizers have. */
  readonly policy: () => Policy;
  /**
   * Whether the authorizer must have decided by the same policy: during a deployment the two may differ for a moment.
   * Off by default: the answer is made anew by `policy` either way.
   */
  readonly strict?: boolean | undefined;
  /** Whether a caller whom a stage in report-only mode let through is let through here too. Off by default. */
  readonly reportOnly?: boolean | undefined;
  /**
   * The custom domains of an HTTP API whose `$default` route leads here, as its authorizer is told them. Without them
   * the parameters of such a request are unknown.
   */
  readonly customDomains?: CustomDomains | undefined;
  /** Epoch seconds; the real clock by default. */
  readonly now?: (() => number) | undefined;
  /**
   * Verifies the access token of an event without an authorizer before it, and gives what it proves. Undefined trusts
   * the authorizer's context and nothing else.
   */
  readonly verify?: ((event: unknown) => Promise<VerifiedToken>) | undefined;
}

/** Why a check refuses. */
export type Refusal =
  /** No authorizer stood before this function, or its context is damaged. */
  | "caller_missing"
  /** The token has ended since: on a WebSocket, or while an answer was kept. */
  | "token_expired"
  /** The authorizer decided by another policy, and `strict` is set. */
  | "policy_version_differs"
  /** The policy does not give the permission. */
  | "permission_denied";

/** What came of a check. */
export type Checked =
  | { readonly allowed: true; readonly caller: Caller; readonly decision: Decision }
  | {
      readonly allowed: false;
      readonly refusal: Refusal;
      readonly caller: Caller | undefined;
      /** Undefined where it was not worth deciding. */
      readonly decision: Decision | undefined;
    };

/**
 * Decides again, in the backend, whether the caller of an event has a permission: from the subjects and claims in the
 * authorizer's context and the parameters that the handler names. Nothing is read from body, headers or path.
 *
 * @param event of an API behind a claimgate authorizer: HTTP API, REST API, WebSocket message, AppSync resolver
 * @param permission `resource:action`
 * @param parameters what conditions compare claims with, by the names that the policy uses
 * @throws RangeError for a text that is no permission; what `verify` throws comes through
 */
export async function checkPermission(
  event: unknown,
  permission: string,
  parameters: Readonly<Record<string, string>>,
  options: CheckOptions,
): Promise<Checked> {
  assertPermission(permission);
  const policy = options.policy();
  const caller =
    options.verify === undefined ? readCaller(event) : callerOfToken(await options.verify(event), policy);
  const refuse = (refusal: Refusal, decision?: Decision): Checked => ({
    allowed: false,
    refusal,
    caller,
    decision,
  });
  if (caller === undefined) return refuse("caller_missing");
  const now = options.now?.() ?? Date.now() / 1000;
  if (caller.expiresAt <= now) return refuse("token_expired");
  if (options.strict === true && caller.policyVersion !== policy.version)
    return refuse("policy_version_differs");
  const { subjects, conditionClaims: claims } = caller;
  const decision = decidePermission(policy, { subjects, permission, parameters, claims });
  const passes = options.reportOnly === true && caller.mode === "report-only";
  return decision.effect === "allow" || passes
    ? { allowed: true, caller, decision }
    : refuse("permission_denied", decision);
}

/** @throws RangeError where the text is no permission: a misspelt one would refuse everybody but administrators */
export function assertPermission(permission: string): void {
  if (!isPermission(permission)) {
    throw new RangeError(
      `\`${permission}\` is not a permission: expected \`resource:action\`, without wildcards`,
    );
  }
}
