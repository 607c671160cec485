import { type JsonObject, objectOf, textsOf } from "../../../json.ts";
import { CognitoError } from "../cognito-error.ts";
import type { PreTokenVersion } from "../config/pool-config.ts";

/** The claims of the tokens of one sign-in; `id` is undefined for a machine. */
export interface TokenClaims {
  readonly access: JsonObject;
  readonly id: JsonObject | undefined;
}

/** Claims that no trigger can add, change or suppress (reference: AWS, "Claims and scopes reference"). */
const RESERVED: ReadonlySet<string> = new Set([
  "acr",
  "amr",
  "at_hash",
  "auth_time",
  "aud",
  "azp",
  "client_id",
  "device_key",
  "event_id",
  "exp",
  "iat",
  "identities",
  "iss",
  "jti",
  "nbf",
  "nonce",
  "origin_jti",
  "scope",
  "sub",
  "token_use",
  "username",
  "version",
]);

const isReserved = (claim: string) => RESERVED.has(claim) || claim.startsWith("cognito:");

/** `cognito:groups` and with it the IAM roles can be suppressed by name, though not added by name. */
const mayBeSuppressed = (claim: string) => claim === "cognito:groups" || !isReserved(claim);

const mayBeAdded = (claim: string) => !isReserved(claim) && !claim.startsWith("dev:");

/**
 * The claims after the answer of the pre-token-generation trigger, merged as Cognito merges them: reserved
 * claims stay, a claim both added and suppressed is suppressed, an override of the groups replaces them in
 * both tokens and an empty one removes them, V1_0 changes the identity token only.
 *
 * @param response the `response` of the answered event
 * @throws CognitoError `InvalidLambdaResponseException` on a shape that AWS does not take
 */
export function applyOverride(
  claims: TokenClaims,
  version: PreTokenVersion,
  response: JsonObject,
): TokenClaims {
  const key = version === "V1_0" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails";
  const details = optionalObject(response[key]);
  if (details === undefined) return claims;
  const grouped = overrideGroups(claims, details);
  return version === "V1_0" ? overrideV1(grouped, details) : overrideV2(grouped, details);
}

function overrideV1({ access, id }: TokenClaims, details: JsonObject): TokenClaims {
  const added = optionalObject(details["claimsToAddOrOverride"]) ?? {};
  if (Object.values(added).some((value) => typeof value !== "string")) throw unrecognizable();
  const suppressed = textsOf(details["claimsToSuppress"]);
  return {
    // Suppressing the groups is the one thing that a V1 answer does to an access token.
    access: change(access, {}, suppressed.includes("cognito:groups") ? ["cognito:groups"] : []),
    id: id === undefined ? undefined : change(id, added, suppressed),
  };
}

function overrideV2({ access, id }: TokenClaims, details: JsonObject): TokenClaims {
  const forAccess = optionalObject(details["accessTokenGeneration"]) ?? {};
  const forId = optionalObject(details["idTokenGeneration"]) ?? {};
  const part = (claims: JsonObject, generation: JsonObject) =>
    change(
      claims,
      optionalObject(generation["claimsToAddOrOverride"]) ?? {},
      textsOf(generation["claimsToSuppress"]),
    );
  return {
    access: overrideAudience(overrideScopes(part(access, forAccess), forAccess), forAccess),
    id: id === undefined ? undefined : part(id, forId),
  };
}

function change(claims: JsonObject, added: JsonObject, suppressed: readonly string[]): JsonObject {
  const allowed = Object.entries(added).filter(([claim, value]) => mayBeAdded(claim) && value !== undefined);
  const gone = new Set(suppressed.filter(mayBeSuppressed));
  if (gone.has("cognito:groups")) {
    gone.add("cognito:roles");
    gone.add("cognito:preferred_role");
  }
  return Object.fromEntries([...Object.entries(claims), ...allowed].filter(([claim]) => !gone.has(claim)));
}

function overrideScopes(access: JsonObject, generation: JsonObject): JsonObject {
  const added = textsOf(generation["scopesToAdd"]);
  if (added.some((scope) => /\s/.test(scope) || scope === "")) throw unrecognizable();
  const suppressed = new Set(textsOf(generation["scopesToSuppress"]));
  const before = typeof access["scope"] === "string" ? access["scope"].split(" ") : [];
  const scopes = [...new Set([...before, ...added])].filter(
    (scope) => scope !== "" && !suppressed.has(scope),
  );
  return { ...access, scope: scopes.join(" ") };
}

/** `aud` of an access token can be added, and only as the id of the client. */
function overrideAudience(access: JsonObject, generation: JsonObject): JsonObject {
  const audience = objectOf(generation["claimsToAddOrOverride"])["aud"];
  return audience !== undefined && audience === access["client_id"] ? { ...access, aud: audience } : access;
}

function overrideGroups({ access, id }: TokenClaims, details: JsonObject): TokenClaims {
  if (!Object.hasOwn(details, "groupOverrideDetails")) return { access, id };
  const override = objectOf(details["groupOverrideDetails"]);
  const groups = textsOf(override["groupsToOverride"]);
  const roles = textsOf(override["iamRolesToOverride"]);
  const preferred = override["preferredRole"];
  const groupClaim = groups.length === 0 ? {} : { "cognito:groups": groups };
  return {
    access: { ...without(access, GROUP_CLAIMS), ...groupClaim },
    id:
      id === undefined
        ? undefined
        : {
            ...without(id, GROUP_CLAIMS),
            ...groupClaim,
            ...(roles.length === 0 ? {} : { "cognito:roles": roles }),
            ...(typeof preferred === "string" ? { "cognito:preferred_role": preferred } : {}),
          },
  };
}

const GROUP_CLAIMS = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];

function without(claims: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => !names.includes(claim)));
}

function optionalObject(value: unknown): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw unrecognizable();
  return objectOf(value);
}

const unrecognizable = () =>
  new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
