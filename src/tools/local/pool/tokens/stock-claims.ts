import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../../json.ts";
import { LOCAL } from "../../identifiers.ts";
import type { ClientPlan } from "../pool-plan.ts";
import type { Attributes, GroupConfiguration } from "../trigger-event.ts";
import type { TokenClaims } from "./token-override.ts";

/** The scope of every token that the API gave; only the OAuth endpoints know others. */
export const API_SCOPE = "aws.cognito.signin.user.admin";

/** One sign-in, and every refresh of it. */
export interface SignIn {
  readonly originJti: string;
  readonly authTime: number;
  readonly scopes: readonly string[];
}

const ID_TOKEN_BOOLEANS: ReadonlySet<string> = new Set(["email_verified", "phone_number_verified"]);

/** The tokens that a pool without a pre-token-generation trigger gives a user. */
export function userClaims(
  user: { readonly username: string; readonly attributes: Attributes },
  groups: GroupConfiguration,
  client: ClientPlan,
  signIn: SignIn,
  now: number,
): TokenClaims {
  const shared = {
    sub: user.attributes["sub"],
    // Absent, not empty, for a user without a group: as on AWS.
    ...(groups.groupsToOverride.length === 0 ? {} : { "cognito:groups": groups.groupsToOverride }),
    iss: LOCAL.issuer,
    origin_jti: signIn.originJti,
    event_id: randomUUID(),
    auth_time: signIn.authTime,
    iat: now,
  };
  return {
    access: {
      ...shared,
      version: 2,
      client_id: client.id,
      token_use: "access",
      scope: signIn.scopes.join(" "),
      exp: now + client.accessTokenSeconds,
      jti: randomUUID(),
      username: user.username,
    },
    id: {
      ...readableAttributes(user.attributes, client),
      ...shared,
      ...(groups.iamRolesToOverride.length === 0 ? {} : { "cognito:roles": groups.iamRolesToOverride }),
      ...(groups.preferredRole === null ? {} : { "cognito:preferred_role": groups.preferredRole }),
      "cognito:username": user.username,
      aud: client.id,
      token_use: "id",
      exp: now + client.idTokenSeconds,
      jti: randomUUID(),
    },
  };
}

/** The token that a pool without a pre-token-generation trigger gives a machine. */
export function machineClaims(client: ClientPlan, scopes: readonly string[], now: number): TokenClaims {
  return {
    access: {
      sub: client.id,
      token_use: "access",
      scope: scopes.join(" "),
      auth_time: now,
      iss: LOCAL.issuer,
      exp: now + client.accessTokenSeconds,
      iat: now,
      version: 2,
      jti: randomUUID(),
      client_id: client.id,
    },
    id: undefined,
  };
}

function readableAttributes(attributes: Attributes, client: ClientPlan): JsonObject {
  const readable = Object.entries(attributes).filter(
    ([name]) => client.readAttributes === undefined || client.readAttributes.includes(name),
  );
  return Object.fromEntries(
    readable.map(([name, value]) => [name, ID_TOKEN_BOOLEANS.has(name) ? value === "true" : value]),
  );
}
