import { type Caller, readCaller } from "../authorizers/caller.ts";
import type { CustomDomains } from "../authorizers/custom-domains.ts";
import { type EmergencyStop, stoppedAmong } from "../authorizers/emergency-stop.ts";
import { acceptedAge } from "../policy/accepted-age.ts";
import { appOf } from "../policy/app.ts";
import { decidePermission } from "../policy/decide.ts";
import type { Decision } from "../policy/decision.ts";
import type { PermissionName } from "../policy/names.ts";
import { isPermission } from "../policy/permission.ts";
import type { Policy } from "../policy/policy.ts";
import type { SignInTimes } from "../policy/sign-in-age.ts";
import type { TokenFault } from "../token/token-fault.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import { callerOfToken } from "./caller-of-token.ts";

/** The dependencies and options of a check. */
export interface CheckOptions {
  /** The policy in force, called once per check. Use the same policy as the authorizers. */
  readonly policy: () => Policy;
  /**
   * Whether the authorizer must have decided by the same policy; during a deployment the two may differ for a moment.
   * Off by default, since `policy` decides again in any case.
   */
  readonly strict?: boolean | undefined;
  /** Whether to allow a caller whom a stage in report-only mode let through. Off by default. */
  readonly reportOnly?: boolean | undefined;
  /**
   * The custom domains of an HTTP API whose `$default` route leads here, as its authorizer has them. Without them the
   * parameters of such a request are unknown.
   */
  readonly customDomains?: CustomDomains | undefined;
  /** Epoch seconds; the real clock by default. */
  readonly now?: (() => number) | undefined;
  /**
   * Verifies the access token of an event that passed no authorizer. If undefined, the check trusts only the
   * authorizer's context.
   */
  readonly verify?: ((event: unknown) => Promise<VerifiedToken>) | undefined;
  /**
   * Reads the emergency stop for each check, so that it also reaches messages of open WebSockets and permissions that
   * no route has; `emergencyStop` of `claimgate/lambda` does. What it throws passes through.
   */
  readonly stop?: (() => Promise<EmergencyStop | undefined>) | undefined;
}

/** Why a check refuses. */
export type Refusal =
  /** The event has no authorizer's context, or a damaged one. */
  | "caller_missing"
  /** The token has expired since: on a WebSocket, or while an answer was cached. */
  | "token_expired"
  /** The authorizer decided by another policy, and `strict` is set. */
  | "policy_version_differs"
  /** An emergency stop covers the permission. */
  | "stopped"
  /** The policy does not grant the permission. */
  | "permission_denied"
  /** The policy grants it only for a while after a sign-in (`max_age`): signing in again helps. */
  | "sign_in_too_old"
  /** The guard of a framework verifies the token itself, and the token is at fault: `code` says how. */
  | "token_refused"
  /** The router of a framework reads another value of a path parameter than the gateway: the handler would use it. */
  | "parameters_differ";

/** The result of a check. */
export type Checked =
  | { readonly allowed: true; readonly caller: Caller; readonly decision: Decision }
  | {
      readonly allowed: false;
      readonly refusal: Refusal;
      readonly caller: Caller | undefined;
      /** Undefined if the check refused before deciding. */
      readonly decision: Decision | undefined;
      /** For `sign_in_too_old`: the seconds that a sign-in counts. */
      readonly acceptedAge: number | undefined;
      /** For `token_refused`: the code of the fault. */
      readonly code?: TokenFault | undefined;
    };

/**
 * Decides again, in the backend, whether the caller of an event has a permission: from the subjects and claims in the
 * authorizer's context and the parameters that the handler passes. Reads nothing from body, headers or path.
 *
 * @param event of an API behind a claimgate authorizer: HTTP API, REST API, WebSocket message, AppSync resolver
 * @param permission `resource:action`
 * @param parameters the values that conditions compare with claims, by their names in the policy
 * @throws RangeError if `permission` is not one; errors of `verify` pass through
 *
 * @example
 * import { checkPermission } from "claimgate/middleware";
 *
 * export async function handler(event: unknown) {
 *   const checked = await checkPermission(event, "orders:refund", { orderId: "17" }, { policy: () => policy });
 *   return { statusCode: checked.allowed ? 200 : 403 };
 * }
 */
export async function checkPermission(
  event: unknown,
  permission: PermissionName,
  parameters: Readonly<Record<string, string>>,
  options: CheckOptions,
): Promise<Checked> {
  assertPermission(permission);
  const { caller, stop, policy } = await callerIn(event, options);
  const refuse = (refusal: Refusal, decision?: Decision, age?: number): Checked => ({
    allowed: false,
    refusal: age === undefined ? refusal : "sign_in_too_old",
    caller,
    decision,
    acceptedAge: age,
  });
  if (caller === undefined) return refuse("caller_missing");
  const now = options.now?.() ?? Date.now() / 1000;
  if (caller.expiresAt <= now) return refuse("token_expired");
  if (options.strict === true && caller.policyVersion !== policy.version)
    return refuse("policy_version_differs");
  if (stoppedAmong(stop, [permission]).length > 0) return refuse("stopped");
  const { kind, client, appScopes, subjects, conditionClaims: claims, authTime } = caller;
  const app = appOf({ kind, client, scopes: appScopes });
  const request = { subjects, app, permission, parameters, claims };
  const decideAt = (times: SignInTimes) => decidePermission(policy, { ...request, ...times });
  const times = { authTime: kind === "user" ? authTime : undefined, time: now };
  const decision = decideAt(times);
  const passes = options.reportOnly === true && caller.mode === "report-only";
  return decision.effect === "allow" || passes
    ? { allowed: true, caller, decision }
    : refuse("permission_denied", decision, acceptedAge(policy, { ...times, subjects }, decideAt));
}

/** The caller, the emergency stop, and the policy, which is read last: it may change while the others wait. */
async function callerIn(event: unknown, { verify, stop, policy }: CheckOptions) {
  if (verify === undefined) {
    const caller = readCaller(event);
    return { caller, stop: caller === undefined ? undefined : await stop?.(), policy: policy() };
  }
  const token = await verify(event);
  const found = token.stop ?? (await stop?.());
  const inForce = policy();
  return { caller: callerOfToken(token, inForce), stop: found, policy: inForce };
}

/**
 * @throws RangeError if it is not a permission: a misspelled one would refuse everyone but administrators
 */
export function assertPermission(permission: string): void {
  if (!isPermission(permission)) {
    throw new RangeError(
      `\`${permission}\` is not a permission: expected \`resource:action\`, without wildcards`,
    );
  }
}
