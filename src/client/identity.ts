import { own, ownText } from "../own-property.ts";

/** Why a token opens nothing. */
export type TokenProblem =
  /** There is no token: nobody is signed in. */
  | "missing"
  /** It is not an ID or access token of Cognito, or a claim has another shape. */
  | "malformed"
  /** It is an app client's own, not a user's. */
  | "not_a_user"
  /** `issuer` is another one. */
  | "other_issuer"
  /** It was issued to another app client than `clientId`. */
  | "other_client"
  /** It has expired, by the clock of the browser. */
  | "expired";

/** What is compared of a token. */
export interface TokenOptions {
  /** The issuer of the pool, `https://cognito-idp.REGION.amazonaws.com/POOL`; any by default. */
  readonly issuer?: string | undefined;
  /** The id of the app client; any by default. */
  readonly clientId?: string | undefined;
}

/** Who a token says its user is. Nothing is verified. */
export interface Identity {
  readonly groups: readonly string[];
  /** None of an ID token, which names no scopes. */
  readonly scopes: readonly string[];
  /** What conditions compare: the claims of an access token; of an ID token only `sub`, which both tokens have. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Epoch seconds. */
  readonly authTime: number | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Reads an ID or access token of Cognito without verifying it. */
export function readIdentity(
  token: string | undefined,
  { issuer, clientId }: TokenOptions = {},
): Identity | TokenProblem {
  // Without types, such as `null` of a storage.
  if (!token) return "missing";
  if (typeof token !== "string") return "malformed";
  const claims = payloadOf(token);
  if (claims === undefined) return "malformed";
  const use = own(claims, "token_use");
  const expiresAt = seconds(own(claims, "exp"));
  const sub = ownText(claims, "sub");
  const groups = textsOf(own(claims, "cognito:groups") ?? []);
  const scope = own(claims, "scope") ?? "";
  if (use !== "access" && use !== "id") return "malformed";
  if (!sub || expiresAt === undefined || groups === undefined || typeof scope !== "string")
    return "malformed";
  const isAccess = use === "access";
  if (isAccess && !ownText(claims, "username")) return "not_a_user";
  if (issuer !== undefined && own(claims, "iss") !== issuer) return "other_issuer";
  if (clientId !== undefined && own(claims, isAccess ? "client_id" : "aud") !== clientId)
    return "other_client";
  return {
    groups,
    scopes: isAccess ? scope.split(" ").filter((one) => one !== "") : [],
    claims: isAccess ? claims : { sub },
    authTime: seconds(own(claims, "auth_time")),
    expiresAt,
  };
}

/** The claims of a JWT; undefined if it is none, or they are not an object. */
function payloadOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload = "", signature, ...rest] = token.split(".");
  if (signature === undefined || rest.length > 0 || !/^[\w-]+$/.test(payload)) return undefined;
  try {
    const binary = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof claims === "object" && claims !== null && !Array.isArray(claims)
      ? (claims as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A whole number of seconds, as the API requires it. */
function seconds(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}
