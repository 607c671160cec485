import { type JsonObject, objectOf, textsOf } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { UNIT_SECONDS } from "../cloudformation/validity-units.ts";
import type { ServiceSource } from "./service-source.ts";

/** The default lifetime of a refresh token. */
const STANDARD_DAYS = 30;

/**
 * The longest lifetime of a refresh token of the service's own app clients, in days, rounded up; undefined if no app
 * client is known to issue any, or if one has a value that is not plain.
 */
export function refreshTokenDays(source: ServiceSource): number | undefined {
  const clients = resourcesOf(source, "AWS::Cognito::UserPoolClient").filter(({ properties }) =>
    signsPeopleIn(properties),
  );
  const longest = Math.max(0, ...clients.map(({ properties }) => daysOf(properties)));
  return longest > 0 ? longest : undefined;
}

/** A machine's client issues no refresh token. */
function signsPeopleIn({ AllowedOAuthFlows: oauth, ExplicitAuthFlows: explicit }: JsonObject): boolean {
  const machine = textsOf(oauth).every((flow) => flow === "client_credentials");
  const refreshOnly =
    explicit !== undefined && textsOf(explicit).every((flow) => flow === "ALLOW_REFRESH_TOKEN_AUTH");
  return !(machine && refreshOnly);
}

function daysOf(properties: JsonObject): number {
  return Math.ceil((refreshSecondsOf(properties) ?? Number.NaN) / 86_400);
}

/** The lifetime of the refresh tokens of an app client; undefined if its value is not plain. */
export function refreshSecondsOf(properties: JsonObject): number | undefined {
  const value = Number(properties["RefreshTokenValidity"] ?? 0);
  if (value === 0) return STANDARD_DAYS * 86_400;
  const unit = objectOf(properties["TokenValidityUnits"])["RefreshToken"] ?? "days";
  const seconds = value * (UNIT_SECONDS[String(unit)] ?? Number.NaN);
  return Number.isNaN(seconds) ? undefined : seconds;
}
