import { currentAddressPolicy } from "#policy-source";
import { createCognitoDirectory } from "../lambda/cognito-directory.ts";
import { triggerDeadline } from "../lambda/deadline.ts";
import { log } from "../lambda/log.ts";
import { postConfirmationOptions, readAtStart } from "../lambda/trigger-configuration.ts";
import { createPostConfirmation } from "../triggers/post-confirmation.ts";

const directory = createCognitoDirectory();

const trigger = createPostConfirmation({
  policy: currentAddressPolicy,
  options: readAtStart(log, "postConfirmation", () => postConfirmationOptions(process.env)),
  directory: () => directory,
  deadline: triggerDeadline,
  now: () => new Date(),
  log,
});

/** The PostConfirmation trigger of the user pool. */
export const handler = (event: unknown, context?: { readonly awsRequestId?: string }): Promise<unknown> =>
  trigger(event, { requestId: context?.awsRequestId });
