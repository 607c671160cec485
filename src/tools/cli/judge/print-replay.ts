import { type LineCounts, total } from "../../decision-log/line-counts.ts";
import type { Extent } from "../../decision-log/period.ts";
import { MOST_USERS, type Replay, type ReplayChange, type ReplayGap } from "../../decision-log/replay.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted, number } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";

/** A replay for a terminal: the changes, then the undecided decisions. */
export function printReplay(screen: Screen, replay: Replay): void {
  screen.line(`${described(replay.log)}, decided again by policy ${replay.policyVersion}`);
  for (const change of replay.changes) printChange(screen, change);
  if (replay.gaps.length > 0) {
    screen.heading(`${counted(replay.undecided, "decision")} cannot be replayed from the log`);
    for (const gap of replay.gaps) printGap(screen, gap);
  }
  printLines(screen, replay.lines, replay.outsidePeriod);
  if (replay.onLoggedRoute > 0) {
    const which = counted(replay.onLoggedRoute, "decision");
    screen.line(
      `${which} of greedy routes replayed on the former route: the log has no paths, so new routes below it are not considered`,
    );
  }
  const widening = replay.changes.filter(({ widens }) => widens).reduce((sum, { count }) => sum + count, 0);
  const parts = [
    `${number(replay.unchanged)} unchanged`,
    `${number(replay.changed)} would change`,
    ...(widening > 0 ? [screen.style("red", `${number(widening)} of them from deny to allow`)] : []),
    ...(replay.undecided > 0 ? [screen.style("yellow", `${number(replay.undecided)} unknown`)] : []),
  ];
  screen.line(`\n${parts.join(", ")}`);
}

function printChange(screen: Screen, change: ReplayChange): void {
  const { from, to, route, count, users, subjects, before, after, example } = change;
  const mark = screen.style(change.widens ? "red" : "yellow", change.widens ? "WIDENS" : "narrows");
  screen.heading(
    `${mark}  ${printable(route)}   ${from} -> ${to}   ${counted(count, "time")}${usersOf(users)}`,
  );
  screen.line(`  subjects  ${printable(subjects.join(", ")) || "(only the user)"}`);
  for (const { at, row } of before)
    screen.line(`  was       ${row ?? "a removed or edited row"}  (${printable(at)})`);
  for (const { file, line, row } of after) screen.line(`  now       ${row}  (${file}:${line})`);
  if (after.length === 0) screen.line(`  now       ${REASONS[change.reason] ?? change.reason}`);
  if (example.requestId !== null) {
    screen.line(
      screen.style(
        "dim",
        `  example   request ${printable(example.requestId)}, ${example.time ?? "no time"}`,
      ),
    );
  }
}

/** Of a decision without a determining row. */
export const REASONS: Readonly<Record<string, string>> = {
  route_unknown: "no row declares the route",
  route_without_permission: "the route is public",
  nothing_granted: "no row grants it",
  app_not_allowed: "no p3 row covers it for the app",
};

function printGap(screen: Screen, { why, route, effect, missing, count }: ReplayGap): void {
  const because = {
    "input-not-logged": `the log has no values for ${missing.join(", ")}`,
    "path-not-logged": "the route is no longer declared, and the log has no path",
    "app-not-logged": "the policy has `p3` rows, and the line does not name the app",
  }[why];
  screen.line(`  ${printable(route)}   ${effect} then   ${counted(count, "time")}: ${because}`);
}

/** The lines that are not decisions. */
export function printLines(screen: Screen, lines: LineCounts, outsidePeriod: number): void {
  const parts = [
    ...(outsidePeriod > 0 ? [`${counted(outsidePeriod, "decision")} outside the period`] : []),
    ...listed(lines.refused, (reason) => `refused before a decision (${reason})`),
    ...listed(lines.other, (kind) => `of another kind (${kind})`),
  ];
  if (parts.length > 0) screen.line(`\nIgnored: ${parts.join(", ")}`);
  if (total(lines.damaged) === 0) return;
  const why = listed(lines.damaged, (cause) => cause).join(", ");
  screen.line(screen.style("yellow", `${counted(total(lines.damaged), "line")} cannot be read: ${why}`));
}

function listed(counts: Readonly<Record<string, number>>, say: (key: string) => string): string[] {
  return Object.entries(counts).map(([key, count]) => `${number(count)} ${say(printable(key))}`);
}

/** `1,234 decisions on 14 days, 2026-11-01 to 2026-11-14` */
export function described({ decisions, days, first, last }: Extent): string {
  const when = first === null || last === null ? "" : `, ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
  return `${counted(decisions, "decision")} on ${counted(days, "day")}${when}`;
}

function usersOf(users: number): string {
  if (users === 0) return "";
  return users === MOST_USERS ? `, ${number(users)} users or more` : `, ${counted(users, "user")}`;
}
