import { ClaimgateError } from "../errors.ts";
import { type EmergencyStop, STOP_KEY } from "../token/emergency-stop.ts";
import { stopIn } from "../token/revocation.ts";
import { type Environment, optional } from "./environment.ts";
import { createRevocationTable } from "./revocation-table.ts";

/**
 * Reads the emergency stop in a backend, for `stop` of the handler-side check: once for each call, consistently, from
 * the table in CLAIMGATE_REVOCATION_TABLE. Without the variable nothing is ever stopped. The function needs
 * `dynamodb:BatchGetItem` on the table.
 *
 * The returned function throws ClaimgateError `revocation_unavailable` if the table cannot be read.
 *
 * @example
 * import { currentPolicy, emergencyStop } from "claimgate/lambda";
 * import { createPermissionGuard } from "claimgate/middleware";
 *
 * export const { check } = createPermissionGuard({ policy: currentPolicy, stop: emergencyStop() });
 */
export function emergencyStop({
  environment = process.env,
}: {
  /** Read instead of `process.env`. */
  readonly environment?: Environment | undefined;
} = {}): () => Promise<EmergencyStop | undefined> {
  const name = optional(environment, "CLAIMGATE_REVOCATION_TABLE");
  if (name === undefined) return () => Promise.resolve(undefined);
  const table = createRevocationTable(name);
  return async () => {
    try {
      return stopIn(await table.find([STOP_KEY]));
    } catch (cause) {
      const message = "the emergency stop cannot be read";
      throw new ClaimgateError("revocation_unavailable", message, { cause });
    }
  };
}
