import { MARKER } from "../../deployment/pool-update/marker.ts";
import type { Screen } from "../../machine/screen.ts";
import type { PoolChangeReport } from "./pool-change-report.ts";

/** Shows the planned changes. */
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
    screen.line(screen.style("green", "    + String, mutable; an attribute cannot be removed later"));
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
      ? `the app client ${client} lets its users write ${MARKER}: remove it from WriteAttributes`
      : `the app client ${client} has no WriteAttributes: list the attributes that its users may write, without ${MARKER}`,
  );
}

/** Prints the result. */
export function printPoolChange(screen: Screen, report: PoolChangeReport): void {
  for (const line of endOf(screen, report)) screen.line(line);
}

function endOf(screen: Screen, { outcome, backup, differences }: PoolChangeReport): string[] {
  switch (outcome) {
    case "planned":
      return ["Nothing was changed: this was a dry run."];
    case "unchanged":
      return ["Nothing to do: the triggers are already as planned."];
    case "refused":
      return ["Nothing was changed."];
    case "changed":
      return [
        `${screen.style("green", "Done")}: every other setting of the pool is unchanged.`,
        `The former settings are in ${backup}.`,
      ];
    case "differs":
      return [
        screen.style("red", "The pool was changed but differs from the plan:"),
        ...differences.flatMap(({ path, before, after }) => [
          `  ${path}`,
          `    expected ${shown(before)}`,
          `    found    ${shown(after)}`,
        ]),
        `The former settings are in ${backup}; docs/cli.md shows how to restore them.`,
      ];
  }
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
