import { createHmac, randomBytes } from "node:crypto";
import { textOf } from "../../../json.ts";
import { CognitoError, notAuthorized } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import type { PasswordRecord } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { paddedHex } from "./password-record.ts";

const COLLECTION = "secrets";
const KEY = "unknown-users";

/** What a sign-in shows of a user who does not exist: the same each time, and like any other (RFC 5054, 2.5.1.3). */
export interface UnknownUser {
  readonly username: string;
  readonly record: PasswordRecord;
}

/** @param name as the caller gave it */
export function unknownUser(pool: Pool, name: string): UnknownUser {
  const { usernameAttributes, aliasAttributes, usernameCaseSensitive } = pool.config;
  const folded = usernameCaseSensitive ? name : name.toLowerCase();
  const hash = createHmac("sha256", secretOf(pool)).update(folded).digest("hex");
  const hasOwnName = usernameAttributes.length === 0 && !(aliasAttributes.length > 0 && name.includes("@"));
  const username = hasOwnName ? folded : uuidOf(hash);
  const salt = paddedHex(BigInt(`0x${hash.slice(32)}`).toString(16));
  // Any number of the right size: no password has it, and no answer shows it.
  return { username, record: { salt, verifier: `00${hash.repeat(12).replace(/^./, "8")}` } };
}

/** The error of a wrong name or password. A client that does not hide who exists is told which. */
export function wrongPassword(
  { preventUserExistenceErrors }: ClientConfig,
  userExists: boolean,
): CognitoError {
  return userExists || preventUserExistenceErrors
    ? notAuthorized("Incorrect username or password.")
    : new CognitoError("UserNotFoundException", "User does not exist.");
}

function uuidOf(hash: string): string {
  const variant = "89ab"[Number.parseInt(hash.slice(16, 17), 16) % 4];
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
  ];
  return [...parts, hash.slice(20, 32)].join("-");
}

/** Kept with the pool, so that a restart changes nothing. */
function secretOf({ store }: Pool): string {
  const kept = textOf(store.entries(COLLECTION).get(KEY));
  if (kept !== undefined) return kept;
  const secret = randomBytes(32).toString("hex");
  store.put(COLLECTION, KEY, secret);
  return secret;
}
