import { ConfigurationError } from "../../errors.ts";
import { type JsonObject, objectOf } from "../../json.ts";
import type { Environment } from "../../lambda/environment.ts";
import { appSyncOptions, restOptions, tokenPlace } from "../../lambda/gateway-options.ts";
import { readIssuers } from "../../lambda/issuers.ts";
import { revocationFailure } from "../../lambda/revocation-configuration.ts";
import {
  postConfirmationOptions,
  preSignUpOptions,
  preTokenGenerationOptions,
} from "../../lambda/trigger-configuration.ts";

/** The reader with which a function reads its environment at the start. */
const READERS: readonly ((environment: Environment) => unknown)[] = [
  preSignUpOptions,
  postConfirmationOptions,
  preTokenGenerationOptions,
  readIssuers,
  restOptions,
  tokenPlace,
  appSyncOptions,
  revocationFailure,
];

/** Values that only the deployment knows. */
const STAND_INS = { CLAIMGATE_USER_POOL_ID: "us-east-1_claimgate", CLAIMGATE_APP_CLIENTS: '{"web":"web"}' };

/**
 * Reads the environments of the functions as the functions do, if their values are known before the deployment. At run
 * time a mistake would be an error line in the log of a function that refuses every request.
 *
 * @param functions of the stage, conditions settled
 * @throws RangeError with everything that is wrong
 */
export function checkEnvironments(functions: JsonObject): void {
  const faults = Object.entries(functions).flatMap(([name, definition]) => {
    const variables = Object.entries(objectOf(objectOf(definition)["environment"]));
    const known = variables.flatMap(([variable, value]) =>
      typeof value === "object" ? [] : [[variable, String(value)] as const],
    );
    const environment = { ...STAND_INS, ...Object.fromEntries(known) };
    const messages = new Set(READERS.flatMap((read) => complaintOf(() => read(environment)) ?? []));
    return [...messages].map((message) => `function \`${name}\`: ${message}`);
  });
  if (faults.length > 0) throw new RangeError(faults.join("\n"));
}

function complaintOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
