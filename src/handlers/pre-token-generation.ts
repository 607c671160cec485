import { currentPolicy } from "#policy-source";
import { createCognitoDirectory } from "../lambda/cognito-directory.ts";
import { triggerDeadline } from "../lambda/deadline.ts";
import { log } from "../lambda/log.ts";
import { preTokenGenerationOptions, readAtStart } from "../lambda/trigger-configuration.ts";
import { createPreTokenGeneration } from "../triggers/pre-token-generation.ts";

const directory = createCognitoDirectory();

const trigger = createPreTokenGeneration({
  policy: currentPolicy,
  options: readAtStart(log, "preTokenGeneration", () => preTokenGenerationOptions(process.env)),
  directory: () => directory,
  deadline: triggerDeadline,
  now: () => new Date(),
  log,
});

/** The PreTokenGeneration trigger of the user pool, in all versions. */
export const handler = (event: unknown, context?: { readonly awsRequestId?: string }): Promise<unknown> =>
  trigger(event, { requestId: context?.awsRequestId });
