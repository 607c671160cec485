import { isPermissionPattern, patternsCovering } from "../../../policy/permission.ts";
import { nearest } from "../../../policy/suggestion.ts";
import {
  createEmergencyStopItem,
  type EmergencyStop,
  type EmergencyStopItem,
} from "../../deployment/aws/emergency-stop.ts";
import { CommandError } from "../../machine/command-error.ts";
import { revocationStage } from "../revoke/revocation-stage.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { reportStop } from "./report-stop.ts";
import { EVERYTHING, namedPermissions, type ResumeArguments, usage } from "./stop-arguments.ts";
import { policyAtHand } from "./stop-reach.ts";

/** `claimgate resume`. @throws CommandError where it could not run */
export async function runResume(
  context: Context,
  options: ResumeArguments,
  stageOf = revocationStage,
): Promise<ExitCode> {
  const permissions = namedPermissions(options);
  const found = policyAtHand(context, options);
  const place = await stageOf(context, options);
  const item = createEmergencyStopItem(place.stage.region, place.table);
  const before = await item.read();
  const names = resumable(before, permissions);
  const planned = without(before, names);
  const stop = options.dryRun === true ? planned : await resume(item, names);
  const outcome = options.dryRun === true ? "planned" : "resumed";
  const notes = stillDenied(stop, permissions);
  return reportStop(context, { command: "resume", place, outcome, permissions, stop, found, notes });
}

/** What can be removed: names of the map, or `unreadable` for an item without one. @throws CommandError */
function resumable(
  before: EmergencyStop | undefined,
  permissions: readonly string[],
): readonly string[] | "unreadable" {
  if (before === undefined) throw usage("nothing is stopped", "see `claimgate stop --show`");
  const isEverything = permissions.includes(EVERYTHING);
  if (before.stopped === undefined) {
    if (isEverything) return "unreadable";
    throw usage(
      "the entry of the emergency stop cannot be read, so everything is stopped",
      "stop nothing any more with `claimgate resume --all`",
    );
  }
  const stopped = before.stopped.map(({ permission }) => permission);
  const damaged = stopped.filter((name) => !isPermissionPattern(name));
  // A name that is not a pattern stops everything, so it is part of what `--all` resumes.
  const missing = permissions.find(
    (one) => !stopped.includes(one) && !(one === EVERYTHING && damaged.length > 0),
  );
  if (missing !== undefined) throw notStopped(missing, stopped);
  return [...stopped.filter((one) => permissions.includes(one)), ...(isEverything ? damaged : [])];
}

function notStopped(permission: string, stopped: readonly string[]): CommandError {
  const list = stopped.map((one) => `\`${one}\``).join(", ");
  const wider = stopped.find((one) => one !== permission && isWithin(permission, one));
  if (wider === undefined) {
    const meant = nearest(permission, stopped);
    const fix = meant === undefined ? `stopped are ${list}` : `did you mean \`${meant}\`?`;
    return usage(`\`${permission}\` is not stopped`, fix);
  }
  return usage(
    `\`${permission}\` is not stopped by itself: \`${wider}\` is, which covers it`,
    `resume \`${wider}\`; what must stay stopped, stop by itself first`,
  );
}

/** Whether everything that one pattern covers is covered by the other. */
function isWithin(pattern: string, wider: string): boolean {
  if (wider === EVERYTHING) return true;
  return pattern.includes(":") && patternsCovering(pattern).some((one) => one === wider);
}

async function resume(
  item: EmergencyStopItem,
  names: readonly string[] | "unreadable",
): Promise<EmergencyStop | undefined> {
  if (names === "unreadable") {
    if (await item.removeUnreadable()) return undefined;
    throw changedMeanwhile();
  }
  const removed = await item.remove(names);
  if (removed === undefined) throw changedMeanwhile();
  return removed.left;
}

function changedMeanwhile(): CommandError {
  return new CommandError(
    "command_usage",
    "someone changed the emergency stop meanwhile, and nothing was resumed",
    { fix: "look at it with `claimgate stop --show`, then run the command again" },
  );
}

function without(
  before: EmergencyStop | undefined,
  names: readonly string[] | "unreadable",
): EmergencyStop | undefined {
  if (names === "unreadable") return undefined;
  const left = before?.stopped?.filter(({ permission }) => !names.includes(permission)) ?? [];
  return left.length === 0 ? undefined : { stopped: left };
}

function stillDenied(stop: EmergencyStop | undefined, permissions: readonly string[]): readonly string[] {
  const stopped = stop?.stopped?.map(({ permission }) => permission) ?? [];
  return permissions.flatMap((permission) => {
    const wider = stopped.find((one) => isWithin(permission, one));
    return wider === undefined ? [] : [`${permission} stays denied: ${wider} is stopped`];
  });
}
