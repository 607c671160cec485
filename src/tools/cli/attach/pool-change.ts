import { codeOf, messageOf } from "../../../errors.ts";
import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { UserPoolEditor } from "../../deployment/aws/user-pool.ts";
import { MARKER, MARKER_DEFINITION, writersOf } from "../../deployment/pool-update/marker.ts";
import { type PoolPlan, unplannedDifferences } from "../../deployment/pool-update/plan.ts";
import { poolDifferences, type SettingDifference } from "../../deployment/pool-update/pool-difference.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { writeBackup } from "./backup-file.ts";
import type { PoolChangeReport } from "./pool-change-report.ts";
import { printPoolChange, printPoolPlan } from "./print-pool-change.ts";
import type { PoolArguments, StagePool } from "./stage-pool.ts";

export interface PoolChange {
  readonly command: PoolChangeReport["command"];
  readonly target: StagePool;
  readonly options: PoolArguments;
  readonly editor: UserPoolEditor;
  /** The pool before the change. */
  readonly pool: JsonObject;
  readonly plan: PoolPlan;
  readonly notes: readonly string[];
}

/**
 * Carries out the plan: refuses, or shows, backs up, changes and verifies.
 * @returns 0 if the pool is, or would be, as planned; 2 if the change was refused or the pool differs
 */
export async function changePool(context: Context, change: PoolChange): Promise<ExitCode> {
  const { output } = context;
  const planned = await reportOf(change);
  if (output.format === "pretty") printPoolPlan(output.screen, planned);
  const report =
    planned.outcome === "planned" && !change.options.dryRun ? await apply(context, change, planned) : planned;
  if (output.format === "json") output.json(report);
  else printPoolChange(output.screen, report);
  return report.outcome === "refused" || report.outcome === "differs" ? EXIT.no : EXIT.ok;
}

async function reportOf(change: PoolChange): Promise<PoolChangeReport> {
  const { command, target, plan, pool, notes } = change;
  const { changes, addsMarker, refusals, request } = plan;
  const nothing = request === undefined && !addsMarker;
  const clients = command === "attach" ? await change.editor.clients(target.userPoolId) : [];
  return {
    command,
    stage: target.stage.stage,
    region: target.stage.region,
    stack: target.stage.stackName,
    userPoolId: target.userPoolId,
    outcome: refusals.length > 0 ? "refused" : nothing ? "unchanged" : "planned",
    changes,
    addsMarker,
    refusals,
    notes: [...notes, ...stackOf(pool)],
    markerWriters: writersOf(MARKER, clients),
    backup: null,
    differences: [],
  };
}

/** Another stack that owns the pool resets its triggers. */
function stackOf(pool: JsonObject): string[] {
  const stack = textOf(objectOf(pool["UserPoolTags"])["aws:cloudformation:stack-name"]);
  if (stack === undefined) return [];
  return [
    `the pool is a resource of the stack ${stack}: updating it there resets its triggers, so run attach again afterwards`,
  ];
}

async function apply(
  context: Context,
  change: PoolChange,
  report: PoolChangeReport,
): Promise<PoolChangeReport> {
  const { editor, pool, options } = change;
  const mfa = await editor.mfa(change.target.userPoolId);
  const backup = writeBackup(context.directory, options.backup, pool, mfa, new Date());
  try {
    const differences = await update(change, mfa);
    return { ...report, outcome: differences.length === 0 ? "changed" : "differs", backup, differences };
  } catch (cause) {
    const message = messageOf(cause);
    throw new CommandError(codeOf(cause), message, {
      cause,
      fix: `check the pool before you try again; its former settings are in ${backup}`,
    });
  }
}

async function update({ editor, plan, target }: PoolChange, mfa: JsonObject): Promise<SettingDifference[]> {
  const { userPoolId } = target;
  if (plan.addsMarker) await editor.addAttribute(userPoolId, MARKER_DEFINITION);
  if (plan.request !== undefined) await editor.update(plan.request);
  const after = await editor.describe(userPoolId);
  if (after === undefined)
    throw new CommandError("user_pool_missing", `the pool ${userPoolId} no longer exists`);
  const factors = poolDifferences({ Mfa: mfa }, { Mfa: await editor.mfa(userPoolId) });
  return [...unplannedDifferences(plan, after), ...factors];
}
