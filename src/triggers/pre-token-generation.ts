import type { Policy } from "../policy/policy.ts";
import { assignGroups } from "./assign-groups.ts";
import type { GroupDirectory } from "./directory.ts";
import {
  MACHINE_TOKEN_SOURCE,
  type MachineTokenEvent,
  type PreTokenGenerationEvent,
  type UserTokenEvent,
} from "./events.ts";
import { parsePreTokenGeneration } from "./parse-events.ts";
import { attributeOf, readEvent, sourceOf } from "./read-event.ts";
import { failureFields, type Invocation, PublicRefusal, TRY_LATER, type TriggerLog } from "./report.ts";
import { reportAssignment } from "./report-assignment.ts";
import { type BudgetReport, fitBudget } from "./token-budget.ts";
import { machineTokenContent, type TokenContentOptions, userTokenContent } from "./token-content.ts";
import { encodeMachineResponse, encodeTokenResponse, withGroups } from "./token-response.ts";
import type { TrustedProviders } from "./trusted-providers.ts";

export interface PreTokenGenerationOptions extends TokenContentOptions {
  readonly trustedProviders: TrustedProviders;
  /** Makes up for a group assignment that never happened; off while an existing pool has no markers yet. */
  readonly healGroups: boolean;
  /** Bytes that the token for the API may have. */
  readonly tokenBudget: number;
}

export interface PreTokenGenerationTools {
  /** The policy in force; asked once an invocation. */
  readonly policy: () => Policy;
  /** @throws ConfigurationError */
  readonly options: () => PreTokenGenerationOptions;
  /** Only called where healing is on; only used for a user without a marker. */
  readonly directory: () => GroupDirectory;
  readonly deadline: () => AbortSignal;
  readonly now: () => Date;
  readonly log: TriggerLog;
}

export type PreTokenGenerationTrigger = (event: unknown, invocation?: Invocation) => Promise<unknown>;

/**
 * The PreTokenGeneration trigger: returns the event with roles, scopes and copied claims for the tokens.
 * Rights come from the groups, which Cognito puts in the token by itself, so a failure of ours returns the
 * event as it came, which is the unmodified token: nobody is locked out, and nobody gains. Only an event of
 * some other trigger is refused, since to return it would be to answer it.
 */
export function createPreTokenGeneration(tools: PreTokenGenerationTools): PreTokenGenerationTrigger {
  return async (raw, invocation = {}) => {
    try {
      const received = readEvent(raw);
      const event = parsePreTokenGeneration(received);
      const response =
        event.triggerSource === MACHINE_TOKEN_SOURCE
          ? enrichMachine(tools, event, invocation)
          : await enrichUser(tools, event, invocation);
      return response === undefined ? raw : { ...received, response };
    } catch (error) {
      const failure = failureFields(error, "token_enrichment_failed");
      tools.log("error", "token-enrichment-failed", { ...invocation, ...failure });
      if (sourceOf(raw)?.startsWith("TokenGeneration_") !== true) throw new PublicRefusal(TRY_LATER);
      return raw;
    }
  };
}

async function enrichUser(tools: PreTokenGenerationTools, event: UserTokenEvent, invocation: Invocation) {
  const policy = tools.policy();
  const options = tools.options();
  const configuration = event.request.groupConfiguration;
  const held = configuration?.groupsToOverride ?? [];
  const healed = options.healGroups ? await heal(tools, policy, event, held, invocation) : [];
  const groups = withGroups(configuration, healed);
  const wanted = userTokenContent(policy, event, [...held, ...healed], options);
  const { content, report } = fitBudget(event, groups, wanted, options.tokenBudget);
  if (report !== undefined) logBudget(tools.log, event, report, invocation);
  return encodeTokenResponse(event.shape, content, groups);
}

function enrichMachine(tools: PreTokenGenerationTools, event: MachineTokenEvent, invocation: Invocation) {
  // V1_0 never sees a machine, so there is no shape to answer in.
  if (event.shape === "id-token-only") return undefined;
  const wanted = machineTokenContent(tools.policy(), event, tools.options());
  if (wanted === undefined) return undefined;
  const { content, report } = fitBudget(event, undefined, wanted, tools.options().tokenBudget);
  if (report !== undefined) logBudget(tools.log, event, report, invocation);
  return content.roles === undefined ? undefined : encodeMachineResponse(content.roles);
}

/**
 * The groups that the user lacked and is in now. Only what the pool has taken is put in this token: what it
 * refused would be gone in the next one.
 */
async function heal(
  { options, directory, deadline, now, log }: PreTokenGenerationTools,
  policy: Policy,
  event: UserTokenEvent,
  held: readonly string[],
  invocation: Invocation,
): Promise<readonly string[]> {
  const { userPoolId, userName, triggerSource, request } = event;
  const fields = { ...invocation, triggerSource, userPoolId };
  try {
    const { poolAlias } = options();
    const profile = { userPoolId, userName, attributes: request.userAttributes, groups: held, poolAlias };
    const assignment = await assignGroups(policy, profile, {
      directory: directory(),
      providers: options().trustedProviders,
      signal: deadline(),
      now,
    });
    const sub = attributeOf(request.userAttributes, "sub");
    reportAssignment(log, { ...fields, sub }, assignment, true);
    return assignment.added;
  } catch (error) {
    log("error", "group-assignment-failed", {
      ...fields,
      ...failureFields(error, "group_assignment_failed"),
    });
    return [];
  }
}

function logBudget(
  log: TriggerLog,
  event: PreTokenGenerationEvent,
  report: BudgetReport,
  invocation: Invocation,
): void {
  const sub =
    event.triggerSource === MACHINE_TOKEN_SOURCE
      ? undefined
      : attributeOf(event.request.userAttributes, "sub");
  const { triggerSource, userPoolId } = event;
  const clientId = event.callerContext?.clientId ?? undefined;
  log(report.over ? "error" : "warn", "token-over-budget", {
    ...invocation,
    triggerSource,
    userPoolId,
    clientId,
    sub,
    ...report,
  });
}
