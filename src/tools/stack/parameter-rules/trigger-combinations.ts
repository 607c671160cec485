import { ConfigurationError } from "../../../errors.ts";
import { preTokenGenerationOptions } from "../../../lambda/trigger-configuration.ts";
import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, valueIn } from "./parameter-combinations.ts";

/** Parameters that only the functions read, checked with the functions' own readers. */
export const TRIGGER_COMBINATIONS: readonly CombinationRule[] = [
  function* (stage) {
    for (const [parameter, variable] of READ_BY_TRIGGERS) {
      const environment = { [variable]: valueIn(stage, parameter) };
      yield* faultOf(parameter, variable, () => preTokenGenerationOptions(environment));
    }
  },
];

/** Parameter -> the variable of pre-token-generation that serverless.yml sets from it. */
const READ_BY_TRIGGERS = [
  ["trustedProviders", "CLAIMGATE_TRUSTED_PROVIDERS"],
  ["scopePrefix", "CLAIMGATE_SCOPE_PREFIX"],
] as const;

/**
 * The objection of a functions' reader to a value, in terms of parameters. At run time the same mistake would be an
 * error line in the log of a function that refuses every request.
 *
 * @throws any error of `read` other than a ConfigurationError
 */
export function* faultOf(parameter: string, variable: string, read: () => unknown): Iterable<ParameterFault> {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const message = error.message.replace(
      `environment variable \`${variable}\``,
      `parameter \`${parameter}\``,
    );
    yield { parameter, message };
  }
}
