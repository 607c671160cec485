import type { JsonObject } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";
import type { User } from "../directory/user.ts";
import { requiredText } from "../operations/operation.ts";
import type { Challenged } from "./challenges.ts";
import { assertNotLocked, judgedPassword, shownRecord } from "./password-factor.ts";
import { answerSrp, isClientPublic, provesPassword, type SrpExchange } from "./srp.ts";
import type { AuthCall, ChallengeStep } from "./step.ts";
import { wrongPassword } from "./unknown-user.ts";

/** As the clients write it, in English and UTC: `Tue Sep 25 00:09:40 UTC 2018`, without a zero before the day. */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [1-9]\d? \d\d:\d\d:\d\d UTC \d{4}$/;

/** How far the clock of a client may be from the pool's. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Answers `SRP_A` by the challenge to prove the password. It looks the same for a name without a user.
 *
 * @param found `session`, or `block`: by its secret block alone, as `USER_SRP_AUTH` has it
 * @throws CognitoError `InvalidParameterException`, `UserNotFoundException`
 */
export function challengeVerifier(
  call: AuthCall,
  user: User | string,
  whose: Challenged,
  srpA: string,
  found: "session" | "block",
): ChallengeStep {
  const { pool, client } = call;
  if (!isClientPublic(srpA)) throw invalidParameter("Invalid SRP_A parameter");
  if (typeof user === "string" && !client.preventUserExistenceErrors) throw wrongPassword(client, false);
  const { username, record } = shownRecord(pool, user);
  const srp = answerSrp(srpA, record.verifier);
  const state = { name: "PASSWORD_VERIFIER", srp } as const;
  const session = pool.challenges.open(client, whose, state, found === "block" ? srp.secretBlock : undefined);
  return {
    kind: "challenge",
    name: state.name,
    parameters: {
      SALT: record.salt,
      SECRET_BLOCK: srp.secretBlock,
      SRP_B: srp.serverPublic,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
    session: found === "block" ? undefined : session,
  };
}

/**
 * @returns the user who proved the password
 * @throws CognitoError as a wrong password does; `InvalidParameterException`
 */
export function answerVerifier(
  call: AuthCall,
  user: User | string,
  srp: SrpExchange,
  responses: JsonObject,
): User {
  const { pool } = call;
  const claim = {
    signature: requiredText(responses, "PASSWORD_CLAIM_SIGNATURE"),
    secretBlock: requiredText(responses, "PASSWORD_CLAIM_SECRET_BLOCK"),
    timestamp: requiredText(responses, "TIMESTAMP"),
  };
  if (!TIMESTAMP.test(claim.timestamp)) {
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  }
  assertNotLocked(call, user);
  const { username, record } = shownRecord(pool, user);
  const poolName = pool.config.place.userPoolId.split("_").slice(1).join("_");
  const right =
    Math.abs(Date.parse(claim.timestamp) - pool.now()) <= CLOCK_SKEW_MS &&
    // The password may have been changed meanwhile.
    record.verifier === srp.verifier &&
    provesPassword(srp, poolName, username, claim);
  return judgedPassword(call, user, right);
}
