import { type JsonObject, textOf } from "../../../json.ts";
import type { UserPoolReader } from "../../deployment/aws/user-pool.ts";
import { TRIGGER_NAMES, TRIGGERS, type TriggerName } from "../../deployment/pool-update/trigger.ts";
import type { TriggerFunctions } from "../../deployment/pool-update/trigger-change.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";

/** The stage parameter that names a user pool which is not of the stack. */
const POOL_PARAMETER = "existingUserPoolId";

/** What `attach` and `detach` are told. */
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

/** The stage and the pool that are meant. @throws CommandError where they do not go together */
export async function resolveStagePool(context: Context, options: PoolArguments): Promise<StagePool> {
  const { stage: name, region, param } = options;
  context.output.progress(`Reading serverless.yml for stage ${name} ...`);
  const stage = await resolveService({ directory: context.directory, stage: name, region, params: param });
  const configured = textOf(stage.params.get(POOL_PARAMETER)) || undefined;
  const userPoolId = options.userPoolId ?? configured;
  if (userPoolId === undefined) {
    throw usage("no user pool is named", `give --user-pool-id, or the stage parameter ${POOL_PARAMETER}`);
  }
  if (configured !== undefined && configured !== userPoolId) {
    throw usage(
      `--user-pool-id is ${userPoolId}, but the stage ${name} is for ${configured}`,
      `leave --user-pool-id out, or give --param ${POOL_PARAMETER}=${userPoolId}`,
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
      `the pool is in ${poolRegion} and the stage ${name} in ${stage.region}; a pool invokes functions of its own region only`,
      `deploy the stage in ${poolRegion}, and give --region ${poolRegion}`,
    );
  }
  return { stage, userPoolId };
}

/** @throws CommandError where there is no such pool */
export async function describePool(
  reader: UserPoolReader,
  { stage, userPoolId }: StagePool,
): Promise<JsonObject> {
  const pool = await reader.describe(userPoolId);
  if (pool !== undefined) return pool;
  throw new CommandError("user_pool_missing", `there is no user pool ${userPoolId} in ${stage.region}`, {
    fix: "check the id, and which account the credentials are of",
  });
}

/**
 * The names of the functions that are the triggers, as serverless.yml gives them.
 * @throws CommandError naming a function that it does not have
 */
export function triggerFunctionNames({ stage }: StagePool): Readonly<Record<TriggerName, string>> {
  const nameOf = (trigger: TriggerName): string => {
    const name = stage.functionNames.get(TRIGGERS[trigger]);
    if (name !== undefined) return name;
    throw new CommandError("service_unresolved", `serverless.yml has no function ${TRIGGERS[trigger]}`, {
      fix: `it is what ${trigger} invokes`,
    });
  };
  return forEachTrigger(nameOf);
}

/** One value for each trigger. */
export function forEachTrigger(valueFor: (trigger: TriggerName) => string): TriggerFunctions {
  const values = TRIGGER_NAMES.map((trigger) => [trigger, valueFor(trigger)] as const);
  return Object.fromEntries(values) as Record<TriggerName, string>;
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
