import { printable } from "../../text/printable.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { StepOutcome, StepReport } from "./steps.ts";
import type { SuspensionJson } from "./suspend-contract.ts";
import type { SuspensionTarget } from "./suspension-target.ts";

/** The steps that were or would be done. */
export interface SuspensionReport {
  readonly command: SuspensionJson["command"];
  readonly target: SuspensionTarget;
  readonly user: { readonly userName: string; readonly sub: string | null };
  readonly reports: readonly StepReport[];
  readonly notes: readonly string[];
}

/** Prints each step, and how to continue after a failure. @returns 1 if a step failed */
export function reportSuspension(context: Context, report: SuspensionReport): ExitCode {
  const { command, target, user, reports, notes } = report;
  const outcome = outcomeOf(command, reports);
  const json: SuspensionJson = {
    command,
    stage: target.stage ?? null,
    userPoolId: target.userPoolId,
    userName: user.userName,
    sub: user.sub,
    outcome,
    steps: reports,
    notes,
  };
  if (context.output.format === "json") context.output.json(json);
  else print(context, json);
  return outcome === "incomplete" ? EXIT.couldNotRun : EXIT.ok;
}

function outcomeOf(
  command: SuspensionJson["command"],
  reports: readonly StepReport[],
): SuspensionJson["outcome"] {
  const has = (outcome: StepOutcome) => reports.some((report) => report.outcome === outcome);
  if (has("failed")) return "incomplete";
  if (has("planned")) return "planned";
  return command === "suspend" ? "suspended" : "unsuspended";
}

const COLOURS = {
  planned: "bold",
  done: "green",
  skipped: "yellow",
  failed: "red",
  "not tried": "red",
} as const;

function print({ output: { screen } }: Context, json: SuspensionJson): void {
  const { command, stage, userPoolId, userName, outcome, steps, notes } = json;
  screen.line(screen.style("bold", `${command} ${printable(userName)} (${stage ?? "local"}, ${userPoolId})`));
  for (const step of steps) {
    const what = screen.style(COLOURS[step.outcome], step.outcome.padEnd(9));
    screen.line(`  ${what} ${step.step.padEnd(8)} ${printable(step.detail)}`);
  }
  for (const note of notes) screen.line(`  ${screen.style("yellow", "note")} ${printable(note)}`);
  screen.line(LAST_LINES[outcome]);
}

const LAST_LINES: Readonly<Record<SuspensionJson["outcome"], string>> = {
  planned: "Nothing was changed: this was a dry run.",
  suspended: "Done.",
  unsuspended: "Done.",
  incomplete:
    "Not complete: fix the failed step and run the command again; completed steps are safe to repeat.",
};
