import { ClaimgateError } from "../errors.ts";
import { untilAborted } from "../triggers/directory.ts";
import { SUSPENSION_SECRET_KEY, type Suspensions, suspensionKeys } from "../triggers/suspensions.ts";
import { type Environment, optional } from "./environment.ts";
import { createTableReader, type TableReader } from "./revocation-table.ts";

/**
 * The records of suspensions, in the table of the revocation list:
 *
 * - CLAIMGATE_REVOCATION_TABLE: the name of the DynamoDB table; no records if it is missing or empty
 */
export function readSuspensions(env: Environment): Suspensions | undefined {
  const name = optional(env, "CLAIMGATE_REVOCATION_TABLE");
  return name === undefined ? undefined : createSuspensionTable(createTableReader(name));
}

/** Reads the table twice, the first time only until there is a secret: without one, no user was ever suspended. */
function createSuspensionTable(table: TableReader): Suspensions {
  let secret: string | undefined;
  return {
    async includes(userPoolId, names, signal) {
      secret ??= await untilAborted(signal, () => readSecret(table));
      if (secret === undefined || names.length === 0) return false;
      const known = secret;
      const keys = suspensionKeys(known, userPoolId, names);
      return (await untilAborted(signal, () => table.read(keys, "since"))).length > 0;
    },
  };
}

async function readSecret(table: TableReader): Promise<string | undefined> {
  const [found] = await table.read([SUSPENSION_SECRET_KEY], "secret");
  if (found === undefined) return undefined;
  const secret = found.item["secret"]?.S;
  if (secret !== undefined && secret !== "") return secret;
  throw new ClaimgateError("revocation_unavailable", "the secret of the suspension records cannot be read");
}
