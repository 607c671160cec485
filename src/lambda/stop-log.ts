import { isReadableStop } from "../authorizers/emergency-stop.ts";
import type { EmergencyStop, StopChange } from "../token/emergency-stop.ts";
import type { Log } from "./log.ts";

/**
 * Logs a change of the emergency stop, for its two alarms (docs/operations.md): `emergency-stop` if more is stopped
 * than before, `emergency-stop-lifted` if something is no longer stopped. A function writes them once for each change
 * that it sees.
 */
export function logStopChange(log: Log, { before, now }: StopChange): void {
  const [was, is] = [namesIn(before), namesIn(now)];
  const stopped = now?.stopped ?? [];
  const added = is.filter((name) => !was.includes(name));
  const lifted = was.filter((name) => !is.includes(name));
  if (now !== undefined && !isReadableStop(now)) {
    log("error", "emergency-stop", { added, stopped, code: "emergency_stop_unreadable", error: UNREADABLE });
  } else if (added.length > 0) log("warn", "emergency-stop", { added, stopped });
  if (lifted.length > 0) log("warn", "emergency-stop-lifted", { lifted, stopped });
}

const UNREADABLE =
  "the entry of the emergency stop cannot be read, so it stops everything; run `claimgate stop --show`";

function namesIn(stop: EmergencyStop | undefined): readonly string[] {
  if (stop === undefined) return [];
  return stop.stopped?.map(({ permission }) => permission) ?? ["*"];
}
