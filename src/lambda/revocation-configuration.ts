import { createRevocationCheck } from "../token/revocation.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import { choice, type Environment, optional } from "./environment.ts";
import { errorFields, log } from "./log.ts";
import { createRevocationTable } from "./revocation-table.ts";
import { logStopChange } from "./stop-log.ts";

type Verify = (token: string) => Promise<VerifiedToken>;

/** What becomes of a request if the revocation list cannot be read. @throws ConfigurationError naming the variable */
export function revocationFailure(env: Environment): "closed" | "open" {
  return choice(env, "CLAIMGATE_REVOCATION_ON_FAILURE", ["closed", "open"]);
}

/**
 * A verification that asks the revocation list, and with it the emergency stop, where one is configured:
 *
 * - CLAIMGATE_REVOCATION_TABLE: the name of the DynamoDB table; missing or empty means no revocation list
 * - CLAIMGATE_REVOCATION_ON_FAILURE: `closed` (default) or `open`, for when the table cannot be read
 *
 * @throws ConfigurationError naming the variable
 */
export function withRevocation(env: Environment, verify: Verify): Verify {
  const onFailure = revocationFailure(env);
  const name = optional(env, "CLAIMGATE_REVOCATION_TABLE");
  if (name === undefined) return verify;
  const table = createRevocationTable(name);
  // While the function starts, not while the first request waits; what fails here fails again there.
  table.connect().catch(() => undefined);
  return createRevocationCheck({
    verify,
    revocations: table,
    onFailure,
    unchecked: (error) => {
      log("error", "revocation-not-checked", errorFields(error));
    },
    stopChanged: (change) => {
      logStopChange(log, change);
    },
  });
}
