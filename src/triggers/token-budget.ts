import {
  type GroupConfiguration,
  MACHINE_TOKEN_SOURCE,
  type PreTokenGenerationEvent,
  type UserTokenEvent,
} from "./events.ts";
import type { TokenContent } from "./token-content.ts";

/**
 * API Gateway accepts 10,240 bytes of request line and headers. Two fifths are reserved for the line, cookies, tracing
 * and headers of proxies; the token may use the rest.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const DEFAULT_TOKEN_BUDGET = 6_144;

/**
 * The number of claims and scopes that one transaction may add or change, in both tokens together.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
const CHANGE_QUOTA = 5_000;

/** `{"kid":"<44 characters>","alg":"RS256"}` in base64url, and an RSA signature of 2,048 bits; with the dots. */
const AROUND_PAYLOAD = 98 + 1 + 1 + 342;

/** The content dropped from a token that would be too large. */
export interface BudgetReport {
  readonly dropped: readonly ("scopes" | "roles")[];
  /** Estimates, in bytes. */
  readonly bytes: number;
  readonly bytesLeft: number;
  readonly budget: number;
  /** Still too large with nothing left to drop: groups are never dropped. */
  readonly over: boolean;
}

export interface FittedContent {
  readonly content: TokenContent;
  readonly report: BudgetReport | undefined;
}

/**
 * Drops content that does not fit: first all scopes, then the roles, never the groups, since the authorizer decides by
 * them. Copied claims also stay, since conditions compare them.
 */
export function fitBudget(
  event: PreTokenGenerationEvent,
  groups: GroupConfiguration | undefined,
  content: TokenContent,
  budget: number,
): FittedContent {
  const size = (candidate: TokenContent) => estimatedBytes(event, groups, candidate);
  const fits = (candidate: TokenContent) => size(candidate) <= budget && changes(candidate) <= CHANGE_QUOTA;
  if (fits(content)) return { content, report: undefined };

  const dropped: ("scopes" | "roles")[] = [];
  let rest = content;
  if (rest.scopesToAdd.length > 0) {
    rest = { ...rest, scopesToAdd: [] };
    dropped.push("scopes");
  }
  if (!fits(rest) && rest.roles !== undefined) {
    rest = { ...rest, roles: undefined };
    dropped.push("roles");
  }
  return {
    content: rest,
    report: { dropped, bytes: size(content), bytesLeft: size(rest), budget, over: !fits(rest) },
  };
}

/** Correct for either interpretation of the quota: an array counts by its elements. */
function changes({ roles, copied, scopesToAdd }: TokenContent): number {
  return 2 * (1 + (roles?.length ?? 0)) + Object.keys(copied).length + scopesToAdd.length;
}

/**
 * The size of the token for the API, in bytes: the access token, or the ID token if the trigger can change no other.
 * Overestimates by about a dozen bytes.
 */
export function estimatedBytes(
  event: PreTokenGenerationEvent,
  groups: GroupConfiguration | undefined,
  content: TokenContent,
): number {
  const payload =
    event.shape === "both-tokens" ? accessClaims(event, content) : idClaims(event, groups, content);
  const claims = { ...payload, "cognito:groups": groups?.groupsToOverride ?? undefined };
  const bytes = new TextEncoder().encode(JSON.stringify(claims)).length;
  return AROUND_PAYLOAD + Math.ceil((bytes * 4) / 3);
}

function userOf(event: PreTokenGenerationEvent): UserTokenEvent | undefined {
  return event.triggerSource === MACHINE_TOKEN_SOURCE ? undefined : event;
}

const UUID = "00000000-0000-0000-0000-000000000000";
const SECONDS = 1_700_000_000;

function commonClaims(event: PreTokenGenerationEvent) {
  const region = event.userPoolId.split("_")[0] ?? "";
  return {
    sub: UUID,
    // The longer of the two issuer forms.
    iss: `https://issuer-cognito-idp.${region}.amazonaws.com/${event.userPoolId}`,
    origin_jti: UUID,
    event_id: UUID,
    jti: UUID,
    auth_time: SECONDS,
    exp: SECONDS,
    iat: SECONDS,
  };
}

function accessClaims(event: PreTokenGenerationEvent, { roles, copied, scopesToAdd }: TokenContent) {
  return {
    ...commonClaims(event),
    token_use: "access",
    version: 2,
    client_id: event.callerContext?.clientId ?? UUID,
    username: userOf(event)?.userName,
    device_key: `${event.userPoolId.split("_")[0]}_${UUID}`,
    scope: [...(event.request.scopes ?? []), ...scopesToAdd].join(" "),
    roles,
    ...copied,
  };
}

function idClaims(
  event: PreTokenGenerationEvent,
  groups: GroupConfiguration | undefined,
  { roles }: TokenContent,
) {
  return {
    ...userOf(event)?.request.userAttributes,
    ...commonClaims(event),
    token_use: "id",
    at_hash: UUID,
    nonce: UUID,
    aud: event.callerContext?.clientId ?? UUID,
    "cognito:username": userOf(event)?.userName,
    "cognito:roles": groups?.iamRolesToOverride ?? undefined,
    "cognito:preferred_role": groups?.preferredRole ?? undefined,
    roles: roles && JSON.stringify(roles),
  };
}
