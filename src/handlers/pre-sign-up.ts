import { currentAddressPolicy } from "#policy-source";
import { createCognitoDirectory } from "../lambda/cognito-directory.ts";
import { triggerDeadline } from "../lambda/deadline.ts";
import { log } from "../lambda/log.ts";
import { readSuspensions } from "../lambda/suspension-table.ts";
import { preSignUpOptions, readAtStart } from "../lambda/trigger-configuration.ts";
import { createPreSignUp } from "../triggers/pre-sign-up.ts";

const directory = createCognitoDirectory();

const trigger = createPreSignUp({
  policy: currentAddressPolicy,
  options: readAtStart(log, "preSignUp", () => preSignUpOptions(process.env)),
  directory: () => directory,
  deadline: triggerDeadline,
  suspensions: readSuspensions(process.env),
  log,
});

/** The PreSignUp trigger of the user pool. */
export const handler = (event: unknown, context?: { readonly awsRequestId?: string }): Promise<unknown> =>
  trigger(event, { requestId: context?.awsRequestId });
