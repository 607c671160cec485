import { MARKER } from "../../deployment/pool-update/marker.ts";
import type { Screen } from "../../machine/screen.ts";
import type { PoolChangeReport } from "./pool-change-report.ts";

/** Shows what would change, before it does. */
export function printPoolPlan(screen: Screen, report: PoolChangeReport): void {
  const { command, stage, stack, userPoolId, changes, addsMarker, refusals, notes } = report;
  const preposition = command === "attach" ? "to" : "from";
  screen.line(screen.style("bold", `${command} ${stage} (stack ${stack}) ${preposition} ${userPoolId}`));
  for (const { trigger, before, after } of changes) {
    screen.line(`  ${trigger}`);
    if (before !== undefined) screen.line(screen.style("red", `    - ${before}`));
    if (after !== undefined) screen.line(screen.style("green", `    + ${after}`));
  }
  if (addsMarker) {
    screen.line(`  attribute ${MARKER}`);
    screen.line(screen.style("green", "    + String, mutable; an attribute can never be removed again"));
  }
  for (const { message, fix } of refusals) {
    screen.line(`  ${screen.style("red", "refused")} ${message}`);
    screen.line(`          ${fix}`);
  }
  for (const note of [...notes, ...writerNotes(report)])
    screen.line(`  ${screen.style("yellow", "note")} ${note}`);
}

function writerNotes({ markerWriters }: PoolChangeReport): string[] {
  return markerWriters.map(({ client, named }) =>
    named
      ? `the app client ${client} lets its users write ${MARKER}: take it out of WriteAttributes`
      : `the app client ${client} has no WriteAttributes: name the attributes that its users may write, without ${MARKER}`,
  );
}

/** Says how it ended. */
export function printPoolChange(screen: Screen, report: PoolChangeReport): void {
  for (const line of endOf(screen, report)) screen.line(line);
}

function endOf(screen: Screen, { outcome, backup, differences }: PoolChangeReport): string[] {
  switch (outcome) {
    case "planned":
      return ["Nothing was changed: this was a dry run."];
    case "unchanged":
      return ["Nothing to do: the triggers are as they should be."];
    case "refused":
      return ["Nothing was changed."];
    case "changed":
      return [
        `${screen.style("green", "Done")}: every other setting of the pool is what it was.`,
        `The former settings are in ${backup}.`,
      ];
    case "differs":
      return [
        screen.style("red", "The pool was changed, and is not as it should be:"),
        ...differences.flatMap(({ path, before, after }) => [
          `  ${path}`,
          `    should be ${shown(before)}`,
          `    is        ${shown(after)}`,
        ]),
        `The former settings are in ${backup}; docs/cli.md says how to put them back.`,
      ];
  }
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
