import { arnParts, functionArn, userPoolArn } from "../../deployment/arn.ts";
import { createFunctionReader } from "../../deployment/aws/function-reader.ts";
import { createStackReader } from "../../deployment/aws/stack-reader.ts";
import { createUserPoolEditor } from "../../deployment/aws/user-pool.ts";
import type { DeployedResource, DeployedStack } from "../../deployment/deployed-stage.ts";
import { mayInvoke } from "../../deployment/invoke-permission.ts";
import { planAttach } from "../../deployment/pool-update/plan.ts";
import {
  isTriggerVersion,
  TRIGGER_NAMES,
  TRIGGERS,
  type TriggerVersion,
} from "../../deployment/pool-update/trigger.ts";
import type { TriggerFunctions } from "../../deployment/pool-update/trigger-change.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { ResolvedService } from "../../service/resolved-service.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { changePool } from "./pool-change.ts";
import {
  describePool,
  forEachTrigger,
  type PoolArguments,
  resolveStagePool,
  type StagePool,
  triggerFunctionNames,
} from "./stage-pool.ts";

export interface AttachArguments extends PoolArguments {
  readonly triggerVersion?: TriggerVersion;
  readonly replace?: true;
}

/** `claimgate attach`. @throws CommandError where it could not run */
export async function runAttach(context: Context, options: AttachArguments): Promise<ExitCode> {
  const target = await resolveStagePool(context, options);
  const { region, stackName } = target.stage;
  context.output.progress(`Reading the stack ${stackName} and the pool ${target.userPoolId} ...`);
  const stacks = createStackReader(region);
  const stack = await stacks.stack(stackName);
  if (stack === undefined) throw noStack(target.stage);
  const resources = await stacks.resources(stackName);
  const functions = functionsOf(target, stack, resources);
  const editor = createUserPoolEditor(region);
  const pool = await describePool(editor, target);
  const invocable = await invocability(target, stack, functions);
  const plan = planAttach({
    pool,
    functions,
    version: options.triggerVersion ?? versionOf(stack),
    replace: options.replace === true,
    notInvocable: TRIGGER_NAMES.filter((trigger) => invocable[trigger] === "no"),
  });
  const notes = TRIGGER_NAMES.filter((trigger) => invocable[trigger] === "unknown").map(
    (trigger) =>
      `whether the pool may invoke ${functions[trigger]} depends on conditions that claimgate does not evaluate`,
  );
  return changePool(context, { command: "attach", target, options, editor, pool, plan, notes });
}

/** The deployed functions of the stack, by their names in serverless.yml. */
function functionsOf(
  target: StagePool,
  stack: DeployedStack,
  resources: ReadonlyMap<string, DeployedResource>,
): TriggerFunctions {
  const names = triggerFunctionNames(target);
  const deployed = [...resources.values()].filter(({ type }) => type === "AWS::Lambda::Function");
  return forEachTrigger((trigger) => {
    if (deployed.some(({ physicalId }) => physicalId === names[trigger])) {
      return functionArn(arnParts(stack.id), names[trigger]);
    }
    throw new CommandError("stack_missing", `the stack ${stack.name} has no function ${names[trigger]}`, {
      fix: `deploy it: npx sls deploy --stage ${target.stage.stage} (the stack's status is ${stack.status})`,
    });
  });
}

async function invocability(target: StagePool, stack: DeployedStack, functions: TriggerFunctions) {
  const reader = createFunctionReader(target.stage.region);
  const parts = arnParts(stack.id);
  const invocation = {
    service: "cognito-idp.amazonaws.com",
    sourceArn: userPoolArn(parts, target.userPoolId),
    accountId: parts.accountId,
  };
  const answers = TRIGGER_NAMES.map(
    async (trigger) => [trigger, mayInvoke(await reader.policy(functions[trigger]), invocation)] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}

function versionOf({ outputs }: DeployedStack): TriggerVersion {
  const version = outputs.get("PreTokenGenerationVersion") ?? "V3_0";
  if (isTriggerVersion(version)) return version;
  throw new CommandError(
    "command_usage",
    `the output \`PreTokenGenerationVersion\` of the stack is \`${version}\`, which is not a version of ${TRIGGERS.PreTokenGeneration}`,
    { fix: "give `--trigger-version` V1_0, V2_0 or V3_0" },
  );
}

function noStack({ stage, stackName, region }: ResolvedService): CommandError {
  return new CommandError("stack_missing", `the stack ${stackName} does not exist in ${region}`, {
    fix: `deploy the stage first: npx sls deploy --stage ${stage}`,
  });
}
