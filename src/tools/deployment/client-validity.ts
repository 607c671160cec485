import { type JsonObject, objectOf } from "../../json.ts";
import { UNIT_SECONDS } from "../cloudformation/validity-units.ts";

/** A token's kind, the unit that it has where none is given, and how long it lives where nothing is said. */
const TOKENS = [
  ["AccessToken", "hours", "1 h"],
  ["IdToken", "hours", "1 h"],
  ["RefreshToken", "days", "30 d"],
] as const;

/**
 * How long the tokens of an app client live, so that the same time reads the same whatever its unit: `15 min`.
 * docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export function validityOf(settings: JsonObject): JsonObject {
  const units = objectOf(settings["TokenValidityUnits"]);
  return Object.fromEntries(
    TOKENS.map(([token, usual, standard]) => {
      const value = Number(settings[`${token}Validity`] ?? 0);
      const seconds = value * (UNIT_SECONDS[String(units[token] ?? usual)] ?? Number.NaN);
      // Nought stands for the default.
      return [`${token}Validity`, value === 0 ? standard : spoken(seconds)];
    }),
  );
}

function spoken(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
