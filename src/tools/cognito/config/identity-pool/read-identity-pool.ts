import { createHash } from "node:crypto";
import { type JsonObject, objectOf, objectsOf, textMapOf, textOf } from "../../../../json.ts";
import type { ClientConfig, PoolPlace } from "../pool-config.ts";
import type { IdentityPoolConfig, RoleMapping, RoleRule } from "./identity-pool-config.ts";

/** The parts of an identity pool as a template or a file has them, with every reference resolved. */
export interface IdentityPoolParts {
  /** `IdentityPoolId`, if the file chooses one. */
  readonly id?: string | undefined;
  readonly guests: boolean;
  readonly clients: IdentityPoolConfig["clients"];
  /** `Roles` */
  readonly roles: JsonObject;
  /** `PrincipalTags` and `UseDefaults`. */
  readonly tags: JsonObject;
  /** App client id -> one of `RoleMappings`. */
  readonly mappings: ReadonlyMap<string, JsonObject>;
}

/** The name of a user pool as a provider of identity pools. */
export const providerName = ({ region, userPoolId }: PoolPlace) =>
  `cognito-idp.${region}.amazonaws.com/${userPoolId}`;

/** https://docs.aws.amazon.com/cognito/latest/developerguide/using-attributes-for-access-control.html */
const DEFAULT_TAGS = { client: "aud", username: "sub" };

export function identityPoolOf(place: PoolPlace, parts: IdentityPoolParts): IdentityPoolConfig {
  return {
    id: parts.id ?? usualId(place),
    guests: parts.guests,
    clients: parts.clients,
    authenticatedRole: textOf(parts.roles["authenticated"]),
    guestRole: textOf(parts.roles["unauthenticated"]),
    principalTags: {
      ...(parts.tags["UseDefaults"] === true ? DEFAULT_TAGS : {}),
      ...textMapOf(parts.tags["PrincipalTags"]),
    },
    mappings: new Map([...parts.mappings].map(([client, mapping]) => [client, mappingOf(mapping)])),
  };
}

/** The identity pool of a file: it knows its clients by their names. */
export function identityPoolInFile(
  place: PoolPlace,
  clients: readonly ClientConfig[],
  written: JsonObject,
): IdentityPoolConfig {
  const serverSideTokenCheck = written["ServerSideTokenCheck"] === true;
  const byName = new Map(Object.entries(objectOf(written["RoleMappings"])));
  return identityPoolOf(place, {
    id: textOf(written["IdentityPoolId"]),
    guests: written["AllowUnauthenticatedIdentities"] === true,
    clients: new Map(clients.map(({ id }) => [id, { serverSideTokenCheck }])),
    roles: objectOf(written["Roles"]),
    tags: written,
    mappings: new Map(
      clients.flatMap(({ name, id }) =>
        byName.has(name) ? [[id, objectOf(byName.get(name))] as const] : [],
      ),
    ),
  });
}

function mappingOf(mapping: JsonObject): RoleMapping {
  return {
    type: mapping["Type"] === "Rules" ? "Rules" : "Token",
    otherwise: mapping["AmbiguousRoleResolution"] === "AuthenticatedRole" ? "AuthenticatedRole" : "Deny",
    rules: objectsOf(objectOf(mapping["RulesConfiguration"])["Rules"]).map(ruleOf),
  };
}

const MATCHES: readonly RoleRule["match"][] = ["Equals", "NotEqual", "StartsWith", "Contains"];

const ruleOf = (rule: JsonObject): RoleRule => ({
  claim: textOf(rule["Claim"]) ?? "",
  match: MATCHES.find((match) => match === rule["MatchType"]) ?? "Equals",
  value: textOf(rule["Value"]) ?? "",
  role: textOf(rule["RoleARN"]) ?? "",
});

/** The same at each start. */
function usualId({ region, userPoolId }: PoolPlace): string {
  const hex = createHash("sha256").update(userPoolId).digest("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return `${region}:${parts.join("-")}`;
}
