import { textOf } from "../../../json.ts";
import { arnParts, functionArn } from "../../deployment/arn.ts";
import { createUserPoolEditor } from "../../deployment/aws/user-pool.ts";
import { planDetach } from "../../deployment/pool-update/plan.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { changePool } from "./pool-change.ts";
import {
  describePool,
  forEachTrigger,
  type PoolArguments,
  resolveStagePool,
  triggerFunctionNames,
} from "./stage-pool.ts";

export type DetachArguments = PoolArguments;

/** `claimgate detach`. It reads no stack, which may be deleted. @throws CommandError where it could not run */
export async function runDetach(context: Context, options: DetachArguments): Promise<ExitCode> {
  const target = await resolveStagePool(context, options);
  const names = triggerFunctionNames(target);
  context.output.progress(`Reading the pool ${target.userPoolId} ...`);
  const editor = createUserPoolEditor(target.stage.region);
  const pool = await describePool(editor, target);
  // A pool can only invoke functions of its own account and region.
  const parts = arnParts(textOf(pool["Arn"]) ?? "");
  const plan = planDetach(
    pool,
    forEachTrigger((trigger) => functionArn(parts, names[trigger])),
  );
  return changePool(context, { command: "detach", target, options, editor, pool, plan, notes: [] });
}
