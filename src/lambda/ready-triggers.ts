import { currentAddressPolicy, currentPolicy } from "#policy-source";
import { localVariables } from "#signing-keys";
import type { Policy } from "../policy/policy.ts";
import { createPostConfirmation } from "../triggers/post-confirmation.ts";
import { createPreSignUp } from "../triggers/pre-sign-up.ts";
import { createPreTokenGeneration } from "../triggers/pre-token-generation.ts";
import type { Invocation } from "../triggers/report.ts";
import { createCognitoDirectory } from "./cognito-directory.ts";
import { triggerDeadline } from "./deadline.ts";
import type { Environment } from "./environment.ts";
import { refuseUnknownVariables } from "./known-variables.ts";
import { log } from "./log.ts";
import { readSuspensions } from "./suspension-table.ts";
import {
  postConfirmationOptions,
  preSignUpOptions,
  preTokenGenerationOptions,
  readAtStart,
} from "./trigger-configuration.ts";

/** What a trigger does not take from its own process. */
export interface TriggerOptions {
  /** Read instead of `process.env`. */
  readonly environment?: Environment | undefined;
  /** The policy, for a bundle that no plugin put one into. */
  readonly policy?: Policy | undefined;
}

/** A trigger as Lambda calls it: the event of the user pool in, the completed event out. */
export type TriggerHandler = (
  event: unknown,
  context?: { readonly awsRequestId?: string },
) => Promise<unknown>;

/**
 * The PreSignUp trigger of a user pool. It decides by the `p2` rows who may sign up.
 *
 * Call it once, when the module loads. It reads the environment (docs/triggers.md has the variables). A wrong variable
 * is in the log at once, and every event is refused: an error at the start would show its message to the user.
 *
 * @example
 * import { preSignUp } from "claimgate/lambda";
 *
 * export const handler = preSignUp();
 */
export function preSignUp({ environment = process.env, policy }: TriggerOptions = {}): TriggerHandler {
  const directory = createCognitoDirectory();
  return handlerOf(
    createPreSignUp({
      policy: policy === undefined ? currentAddressPolicy : () => policy,
      options: readAtStart(log, "preSignUp", () => preSignUpOptions(known(environment))),
      directory: () => directory,
      deadline: triggerDeadline,
      suspensions: readSuspensions(environment),
      log,
    }),
  );
}

/**
 * The PostConfirmation trigger of a user pool. It puts a confirmed user in the groups of the `g3` rows.
 *
 * Reads the environment as {@link preSignUp} does; with a wrong variable every event fails and the user gets no group.
 *
 * @example
 * import { postConfirmation } from "claimgate/lambda";
 *
 * export const handler = postConfirmation();
 */
export function postConfirmation({ environment = process.env, policy }: TriggerOptions = {}): TriggerHandler {
  const directory = createCognitoDirectory();
  return handlerOf(
    createPostConfirmation({
      policy: policy === undefined ? currentAddressPolicy : () => policy,
      options: readAtStart(log, "postConfirmation", () => postConfirmationOptions(known(environment))),
      directory: () => directory,
      deadline: triggerDeadline,
      now: () => new Date(),
      log,
    }),
  );
}

/**
 * The PreTokenGeneration trigger of a user pool, in all versions. It puts roles, scopes and named attributes in tokens.
 *
 * Reads the environment as {@link preSignUp} does; with a wrong variable tokens are issued unmodified.
 *
 * @example
 * import { preTokenGeneration } from "claimgate/lambda";
 *
 * export const handler = preTokenGeneration();
 */
export function preTokenGeneration({
  environment = process.env,
  policy,
}: TriggerOptions = {}): TriggerHandler {
  const directory = createCognitoDirectory();
  return handlerOf(
    createPreTokenGeneration({
      policy: policy === undefined ? currentPolicy : () => policy,
      options: readAtStart(log, "preTokenGeneration", () => preTokenGenerationOptions(known(environment))),
      directory: () => directory,
      deadline: triggerDeadline,
      now: () => new Date(),
      log,
    }),
  );
}

function handlerOf(trigger: (event: unknown, invocation: Invocation) => Promise<unknown>): TriggerHandler {
  return (event, context) => trigger(event, { requestId: context?.awsRequestId });
}

/** @throws ConfigurationError about a variable that claimgate does not know */
function known(environment: Environment): Environment {
  refuseUnknownVariables(environment, localVariables);
  return environment;
}
