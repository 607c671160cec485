import { FINDINGS_SHOWN } from "../../../policy/finding.ts";
import {
  AREAS,
  type Area,
  type Comparison,
  type ComparisonStatus,
  shownValue,
} from "../../deployment/comparison.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted } from "../../text/counted.ts";
import { printCapped } from "../terminal/capped.ts";
import { type DoctorReport, summarize } from "./report.ts";

const HEADINGS: Readonly<Record<Area, string>> = {
  machine: "This machine",
  service: "Policy and service",
  stack: "Stack",
  pool: "User pool",
  triggers: "Triggers",
  groups: "Groups",
  clients: "App clients",
  apis: "APIs",
  functions: "Functions",
};

const STYLES = { ok: "green", warn: "yellow", fail: "red", skipped: "dim" } as const;

/** Prints a report for people: problems in full, passed comparisons in a line for each area. */
export function printReport(screen: Screen, report: DoctorReport, everything: boolean): void {
  const { stage, region, stack, userPoolId, notCompared, comparisons } = report;
  if (stage !== null) {
    const pool = userPoolId === null ? "" : `, pool ${userPoolId}`;
    screen.line(screen.style("bold", `${stack} in ${region}${pool}`));
  }
  for (const area of AREAS) {
    const those = comparisons.filter((comparison) => comparison.area === area);
    if (those.length === 0) continue;
    screen.heading(HEADINGS[area]);
    printArea(screen, those, everything);
  }
  if (notCompared !== null) screen.line(`\nThe deployed stack was not compared: ${notCompared}.`);
  screen.line(`\n${summaryLine(report)}`);
}

function printArea(screen: Screen, comparisons: readonly Comparison[], everything: boolean): void {
  const shown = everything ? comparisons : comparisons.filter(({ status }) => status !== "ok");
  const good = comparisons.filter(({ status }) => status === "ok").length;
  if (!everything && good > 0) screen.line(`  ${mark(screen, "ok")} ${goodLine(comparisons)}`);
  printCapped(
    screen,
    shown,
    (comparison) => printComparison(screen, comparison),
    everything ? 0 : FINDINGS_SHOWN,
  );
}

/** One passed comparison shows its message; of several, only their number, and their subjects if the list is short. */
function goodLine(comparisons: readonly Comparison[]): string {
  const good = comparisons.filter(({ status }) => status === "ok");
  const [first] = good;
  if (good.length === 1 && first !== undefined) return sentence(first);
  const subjects = [...new Set(good.map(({ subject }) => subject).filter((subject) => subject !== ""))];
  const few = subjects.length > 0 && subjects.length <= FEW_SUBJECTS;
  return `${counted(good.length, "comparison")}${few ? ` (${subjects.join(", ")})` : ""}`;
}

const FEW_SUBJECTS = 8;

function printComparison(screen: Screen, comparison: Comparison): void {
  const { status, id, found, expected, fix } = comparison;
  const [first = "", ...more] = sentence(comparison).split("\n");
  screen.line(`  ${mark(screen, status)} ${first} ${screen.style("dim", `[${id}]`)}`);
  for (const line of more) screen.line(`          ${line}`);
  if (expected !== undefined) screen.line(`          expected ${shownValue(expected)}`);
  if (found !== undefined) screen.line(`          found    ${shownValue(found)}`);
  if (fix !== undefined) screen.line(`          fix      ${fix}`);
}

function sentence({ subject, message }: Comparison): string {
  return subject === "" ? message : `${subject}: ${message}`;
}

function mark(screen: Screen, status: ComparisonStatus): string {
  return screen.style(STYLES[status], status.padEnd(7));
}

function summaryLine({ comparisons }: DoctorReport): string {
  const { ok, warn, fail, skipped, unread } = summarize(comparisons);
  const parts = [`${ok} ok`, `${warn} to review`, `${fail} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (unread > 0) parts.push(`${unread} of them because AWS denied reading`);
  return parts.join(", ");
}
