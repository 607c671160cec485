import { refuseFormerName } from "../errors.ts";
import type { AddressPolicy } from "../policy/policy.ts";
import { assignGroups } from "./assign-groups.ts";
import type { GroupDirectory } from "./directory.ts";
import type { PostConfirmationEvent } from "./events.ts";
import { parsePostConfirmation } from "./parse-events.ts";
import { attributeOf, sourceOf } from "./read-event.ts";
import { failureFields, type Invocation, PublicRefusal, TRY_LATER, type TriggerLog } from "./report.ts";
import { reportAssignment } from "./report-assignment.ts";
import type { TrustedProviders } from "./trusted-providers.ts";

/** The configuration of the PostConfirmation trigger. */
export interface PostConfirmationOptions {
  readonly trustedProviders: TrustedProviders;
  /** What subjects of the pool begin with, where there are several pools. */
  readonly poolAlias?: string | undefined;
}

export interface PostConfirmationTools {
  /** The policy in force; called once per invocation. */
  readonly policy: () => AddressPolicy;
  /** @throws ConfigurationError */
  readonly options: () => PostConfirmationOptions;
  readonly directory: () => GroupDirectory;
  readonly deadline: () => AbortSignal;
  readonly now: () => Date;
  readonly log: TriggerLog;
}

export type PostConfirmationTrigger = (event: unknown, invocation?: Invocation) => Promise<unknown>;

/**
 * The PostConfirmation trigger: adds a new user to the groups of the `g3` rows and returns the event. The user is
 * already confirmed, so a failure is logged and does not block: a user without a group has fewer rights, and healing
 * adds the group later. Only an event of another trigger is refused, since returning it would answer it.
 *
 * @example
 * import { log } from "claimgate/lambda";
 * import { createCognitoDirectory, createPostConfirmation, createTrustedProviders } from "claimgate/triggers";
 *
 * const directory = createCognitoDirectory();
 * export const handler = createPostConfirmation({
 *   policy: () => policy,
 *   options: () => ({ trustedProviders: createTrustedProviders(new Map()) }),
 *   directory: () => directory,
 *   deadline: () => AbortSignal.timeout(3_500),
 *   now: () => new Date(),
 *   log,
 * });
 */
export function createPostConfirmation(tools: PostConfirmationTools): PostConfirmationTrigger {
  return async (raw, invocation = {}) => {
    try {
      const event = parsePostConfirmation(raw);
      // The other source is a password reset by a user who is already confirmed.
      if (event.triggerSource === "PostConfirmation_ConfirmSignUp") await assign(tools, event, invocation);
    } catch (error) {
      const failure = failureFields(error, "group_assignment_failed");
      tools.log("error", "group-assignment-failed", { ...invocation, ...failure });
      if (sourceOf(raw)?.startsWith("PostConfirmation_") !== true) throw new PublicRefusal(TRY_LATER);
    }
    return raw;
  };
}

async function assign(
  { policy, options, directory, deadline, now, log }: PostConfirmationTools,
  event: PostConfirmationEvent,
  invocation: Invocation,
): Promise<void> {
  const { userPoolId, userName, triggerSource, request } = event;
  const configured = options();
  refuseFormerName(configured, "issuer", "poolAlias");
  const { trustedProviders: providers, poolAlias } = configured;
  const profile = { userPoolId, userName, attributes: request.userAttributes, groups: [], poolAlias };
  const assignment = await assignGroups(policy(), profile, {
    directory: directory(),
    providers,
    signal: deadline(),
    now,
  });
  const sub = attributeOf(request.userAttributes, "sub");
  reportAssignment(log, { ...invocation, triggerSource, userPoolId, sub }, assignment, false);
}
