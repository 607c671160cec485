import { userInfo } from "node:os";
import {
  createEmergencyStopItem,
  type EmergencyStop,
  type StoppedPermission,
} from "../../deployment/aws/emergency-stop.ts";
import { revocationStage } from "../revoke/revocation-stage.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { reportStop } from "./report-stop.ts";
import { namedPermissions, type StopArguments, usage } from "./stop-arguments.ts";
import { policyAtHand, refuseUnknown } from "./stop-reach.ts";

/** The longest reason, in characters: every request reads it. */
const MAX_REASON = 200;

/** `claimgate stop`. @throws CommandError where it could not run */
export async function runStop(
  context: Context,
  options: StopArguments,
  stageOf = revocationStage,
): Promise<ExitCode> {
  if (options.show === true) return show(context, options, stageOf);
  const permissions = namedPermissions(options);
  const reason = reasonOf(options);
  const found = policyAtHand(context, options);
  if (found.policy !== undefined && options.force !== true) refuseUnknown(found.policy, permissions);
  const place = await stageOf(context, options);
  const item = createEmergencyStopItem(place.stage.region, place.table);
  const { by = nameOfUser() } = options;
  const at = new Date().toISOString();
  const wanted = permissions.map((permission): StoppedPermission => ({ permission, by, at, reason }));
  const stop = options.dryRun === true ? together(await item.read(), wanted) : await item.add(wanted);
  return reportStop(context, {
    command: "stop",
    place,
    outcome: options.dryRun === true ? "planned" : "stopped",
    permissions,
    stop,
    found,
    notes: alreadyNotes(stop, wanted),
  });
}

async function show(
  context: Context,
  options: StopArguments,
  stageOf: typeof revocationStage,
): Promise<ExitCode> {
  if (options.all === true || options.permission !== undefined) {
    throw usage("`--show` changes nothing, but the options name permissions", "omit one of them");
  }
  const found = policyAtHand(context, options);
  const place = await stageOf(context, options);
  const stop = await createEmergencyStopItem(place.stage.region, place.table).read();
  const about = {
    command: "stop",
    place,
    outcome: "shown",
    permissions: [],
    stop,
    found,
    notes: [],
  } as const;
  return reportStop(context, about);
}

/** A container may run as a user without a name, which must not keep anyone from stopping. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}

/** @throws CommandError if it is missing or too long */
function reasonOf({ reason = "" }: StopArguments): string {
  if (reason.trim() === "") {
    throw usage("there is no reason", 'give `--reason`, such as `--reason "double refunds, incident 12"`');
  }
  if (reason.length <= MAX_REASON) return reason;
  throw usage(`the reason has ${reason.length} characters`, `give at most ${MAX_REASON}`);
}

/** What is stopped with these too; what is already stopped stays as it is, as in the table. */
function together(
  before: EmergencyStop | undefined,
  wanted: readonly StoppedPermission[],
): EmergencyStop | undefined {
  if (before !== undefined && before.stopped === undefined) return before;
  const stopped = before?.stopped ?? [];
  const added = wanted.filter(({ permission }) => !stopped.some((one) => one.permission === permission));
  const all = [...stopped, ...added].sort((a, b) => (a.permission < b.permission ? -1 : 1));
  return { stopped: all };
}

function alreadyNotes(
  stop: EmergencyStop | undefined,
  wanted: readonly StoppedPermission[],
): readonly string[] {
  return wanted.flatMap(({ permission, at }) => {
    const found = stop?.stopped?.find((one) => one.permission === permission);
    return found === undefined || found.at === at
      ? []
      : [`${permission} was already stopped; who stopped it and why stay as they were`];
  });
}
