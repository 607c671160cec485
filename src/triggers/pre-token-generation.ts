import { refuseFormerName } from "../errors.ts";
import type { Policy } from "../policy/policy.ts";
import { assignGroups } from "./assign-groups.ts";
import type { GroupDirectory } from "./directory.ts";
import { directoryGroups } from "./directory-groups.ts";
import type { DirectoryProviders } from "./directory-providers.ts";
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
import { withDirectoryGroups } from "./with-directory-groups.ts";

/** The configuration of the PreTokenGeneration trigger. */
export interface PreTokenGenerationOptions extends TokenContentOptions {
  readonly trustedProviders: TrustedProviders;
  /** Repeats a group assignment that failed; off while an existing pool has no markers yet. */
  readonly healGroups: boolean;
  /** The maximum size of the token for the API, in bytes. */
  readonly tokenBudget: number;
  /** The identity providers that send the groups of their directory, for `g4` rows; none by default. */
  readonly directories?: DirectoryProviders;
}

export interface PreTokenGenerationTools {
  /** The policy in force; called once per invocation. */
  readonly policy: () => Policy;
  /** @throws ConfigurationError */
  readonly options: () => PreTokenGenerationOptions;
  /** Called only if healing is on, and used only for a user without a marker. */
  readonly directory: () => GroupDirectory;
  readonly deadline: () => AbortSignal;
  readonly now: () => Date;
  readonly log: TriggerLog;
}

export type PreTokenGenerationTrigger = (event: unknown, invocation?: Invocation) => Promise<unknown>;

/**
 * The PreTokenGeneration trigger: returns the event with roles, scopes and copied claims for the tokens. Rights come
 * from the groups, which Cognito adds to the token itself, so an internal failure returns the unchanged event for an
 * unmodified token: no user is locked out or gains rights. Only an event of another trigger is refused, since returning
 * it would answer it.
 *
 * @example
 * import { log } from "claimgate/lambda";
 * import { createCognitoDirectory, createPreTokenGeneration, createTrustedProviders } from "claimgate/triggers";
 *
 * const directory = createCognitoDirectory();
 * export const handler = createPreTokenGeneration({
 *   policy: () => policy,
 *   options: () => ({
 *     trustedProviders: createTrustedProviders(new Map()),
 *     healGroups: true,
 *     tokenBudget: 6_144,
 *     scopePrefix: undefined,
 *     copiedClaims: new Map(),
 *   }),
 *   directory: () => directory,
 *   deadline: () => AbortSignal.timeout(3_500),
 *   now: () => new Date(),
 *   log,
 * });
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
  const options = checked(tools.options());
  const configuration = event.request.groupConfiguration;
  const held = configuration?.groupsToOverride ?? [];
  const healed = options.healGroups ? await heal(tools, policy, event, held, invocation) : [];
  const pool = [...held, ...healed];
  const contentWith = (added: readonly string[]) => {
    const groups = withGroups(configuration, [...healed, ...added]);
    const wanted = userTokenContent(policy, event, [...pool, ...added], options);
    return { groups, ...fitBudget(event, groups, wanted, options.tokenBudget) };
  };
  const directory = directoryGroups(
    policy,
    options.directories,
    event.request.userAttributes,
    options.poolAlias,
  );
  const { groups, content, report } = withDirectoryGroups(
    directory,
    pool,
    contentWith,
    (level, kind, fields) => {
      const { triggerSource, userPoolId, request } = event;
      const sub = attributeOf(request.userAttributes, "sub");
      tools.log(level, kind, { ...invocation, triggerSource, userPoolId, sub, ...fields });
    },
  );
  if (report !== undefined) logBudget(tools.log, event, report, invocation);
  return encodeTokenResponse(event.shape, content, groups);
}

function enrichMachine(tools: PreTokenGenerationTools, event: MachineTokenEvent, invocation: Invocation) {
  // V1_0 has no machine-to-machine events, so there is no shape for an answer.
  if (event.shape === "id-token-only") return undefined;
  const options = checked(tools.options());
  const wanted = machineTokenContent(tools.policy(), event, options);
  if (wanted === undefined) return undefined;
  const { content, report } = fitBudget(event, undefined, wanted, options.tokenBudget);
  if (report !== undefined) logBudget(tools.log, event, report, invocation);
  return content.roles === undefined ? undefined : encodeMachineResponse(content.roles);
}

function checked(options: PreTokenGenerationOptions): PreTokenGenerationOptions {
  refuseFormerName(options, "issuer", "poolAlias");
  return options;
}

/**
 * The groups that were added to the user. The token gets only groups that the pool accepted, since others would be
 * missing from the next token.
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
