import { type JsonObject, textOf } from "../../../json.ts";
import type { UserPoolReader } from "../../deployment/aws/user-pool.ts";
import { TRIGGER_NAMES, TRIGGERS, type TriggerName } from "../../deployment/pool-update/trigger.ts";
import type { TriggerFunctions } from "../../deployment/pool-update/trigger-change.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";

/** The stage parameter that names a user pool outside the stack. */
const POOL_PARAMETER = "existingUserPoolId";

/** The options of `attach` and `detach`. */
export interface PoolArguments extends StageArguments {
  readonly stage: string;
  readonly userPoolId?: string;
  readonly dryRun?: true;
  readonly backup?: string;
}

export interface StagePool {
  readonly stage: ResolvedService;
  readonly userPoolId: string;
}

/** The selected stage and pool. @throws CommandError if they do not belong together */
export async function resolveStagePool(context: Context, options: PoolArguments): Promise<StagePool> {
  const { stage: name, region, param } = options;
  context.output.progress(`Reading serverless.yml for stage ${name} ...`);
  const stage = await resolveService({ directory: context.directory, stage: name, region, params: param });
  const configured = textOf(stage.params.get(POOL_PARAMETER)) || undefined;
  const userPoolId = options.userPoolId ?? configured;
  if (userPoolId === undefined) {
    throw usage(
      "the user pool is missing",
      `give \`--user-pool-id\`, or set the stage parameter \`${POOL_PARAMETER}\``,
    );
  }
  if (configured !== undefined && configured !== userPoolId) {
    throw usage(
      `\`--user-pool-id\` is ${userPoolId}, but the stage ${name} uses ${configured}`,
      `remove \`--user-pool-id\`, or give \`--param ${POOL_PARAMETER}=${userPoolId}\``,
    );
  }
  const [poolRegion, rest] = userPoolId.split("_");
  if (poolRegion === undefined || rest === undefined || !/^[\w-]+_[0-9a-zA-Z]+$/.test(userPoolId)) {
    throw usage(
      `\`${userPoolId}\` is not the id of a user pool`,
      "expected REGION_ID, such as eu-west-1_EXAMPLE",
    );
  }
  if (poolRegion !== stage.region) {
    throw usage(
      `the pool is in ${poolRegion}, but the stage ${name} is in ${stage.region}; a pool can only invoke functions of its own region`,
      `deploy the stage in ${poolRegion}, and give \`--region ${poolRegion}\``,
    );
  }
  return { stage, userPoolId };
}

/**
 * @throws CommandError if there is no such pool
 */
export async function describePool(
  reader: UserPoolReader,
  { stage, userPoolId }: StagePool,
): Promise<JsonObject> {
  const pool = await reader.describe(userPoolId);
  if (pool !== undefined) return pool;
  throw new CommandError(
    "user_pool_missing",
    `the user pool ${userPoolId} does not exist in ${stage.region}`,
    {
      fix: "check the id, and the account of the credentials",
    },
  );
}

/**
 * The names of the trigger functions in serverless.yml.
 * @throws CommandError naming a missing function
 */
export function triggerFunctionNames({ stage }: StagePool): Readonly<Record<TriggerName, string>> {
  const nameOf = (trigger: TriggerName): string => {
    const name = stage.functionNames.get(TRIGGERS[trigger]);
    if (name !== undefined) return name;
    throw new CommandError("service_unresolved", `serverless.yml has no function ${TRIGGERS[trigger]}`, {
      fix: `add it: ${trigger} invokes it`,
    });
  };
  return forEachTrigger(nameOf);
}

/** One value per trigger. */
export function forEachTrigger(valueFor: (trigger: TriggerName) => string): TriggerFunctions {
  const values = TRIGGER_NAMES.map((trigger) => [trigger, valueFor(trigger)] as const);
  return Object.fromEntries(values) as Record<TriggerName, string>;
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
