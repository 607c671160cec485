import { type JsonObject, objectOf } from "../../json.ts";
import { UNIT_SECONDS } from "../cloudformation/validity-units.ts";

/** A token's kind, its default unit, and its default lifetime. */
const TOKENS = [
  ["AccessToken", "hours", "1 h"],
  ["IdToken", "hours", "1 h"],
  ["RefreshToken", "days", "30 d"],
] as const;

/**
 * How long the tokens of an app client live. The same duration reads the same in any unit: `15 min`.
 * docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export function validityOf(settings: JsonObject): JsonObject {
  const units = objectOf(settings["TokenValidityUnits"]);
  return Object.fromEntries(
    TOKENS.map(([token, usual, standard]) => {
      const value = Number(settings[`${token}Validity`] ?? 0);
      const seconds = value * (UNIT_SECONDS[String(units[token] ?? usual)] ?? Number.NaN);
      // Zero means the default.
      return [`${token}Validity`, value === 0 ? standard : spoken(seconds)];
    }),
  );
}

function spoken(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
