import { FINDINGS_SHOWN } from "../../../policy/finding.ts";
import { CHECK_AREAS, type Check, type CheckArea, type CheckStatus } from "../../deployment/check.ts";
import type { Screen } from "../../machine/screen.ts";
import { printCapped } from "../terminal/capped.ts";
import type { DoctorReport } from "./report.ts";

const HEADINGS: Readonly<Record<CheckArea, string>> = {
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

/** Prints a report for a person: what is wrong in full, what is right in a line for each area. */
export function printReport(screen: Screen, report: DoctorReport, everything: boolean): void {
  const { stage, region, stack, userPoolId, notCompared, checks } = report;
  if (stage !== null) {
    const pool = userPoolId === null ? "" : `, pool ${userPoolId}`;
    screen.line(screen.style("bold", `${stack} in ${region}${pool}`));
  }
  for (const area of CHECK_AREAS) {
    const those = checks.filter((check) => check.area === area);
    if (those.length === 0) continue;
    screen.heading(HEADINGS[area]);
    printArea(screen, those, everything);
  }
  if (notCompared !== null) screen.line(`\nThe deployed stack was not looked at: ${notCompared}.`);
  screen.line(`\n${summaryLine(report)}`);
}

function printArea(screen: Screen, checks: readonly Check[], everything: boolean): void {
  const shown = everything ? checks : checks.filter(({ status }) => status !== "ok");
  const good = checks.filter(({ status }) => status === "ok").length;
  if (!everything && good > 0) screen.line(`  ${mark(screen, "ok")} ${goodLine(checks)}`);
  printCapped(screen, shown, (check) => printCheck(screen, check), everything ? 0 : FINDINGS_SHOWN);
}

/** One good check says what it found; of many, only how many there are, and on what if that is short. */
function goodLine(checks: readonly Check[]): string {
  const good = checks.filter(({ status }) => status === "ok");
  const [first] = good;
  if (good.length === 1 && first !== undefined) return sentence(first);
  const subjects = [...new Set(good.map(({ subject }) => subject).filter((subject) => subject !== ""))];
  const few = subjects.length > 0 && subjects.length <= FEW_SUBJECTS;
  return `${good.length} checks${few ? ` (${subjects.join(", ")})` : ""}`;
}

const FEW_SUBJECTS = 8;

function printCheck(screen: Screen, check: Check): void {
  const { status, name, found, expected, fix } = check;
  const [first = "", ...more] = sentence(check).split("\n");
  screen.line(`  ${mark(screen, status)} ${first} ${screen.style("dim", `[${name}]`)}`);
  for (const line of more) screen.line(`          ${line}`);
  if (expected !== undefined) screen.line(`          expected ${shown(expected)}`);
  if (found !== undefined) screen.line(`          found    ${shown(found)}`);
  if (fix !== undefined) screen.line(`          fix      ${fix}`);
}

function sentence({ subject, message }: Check): string {
  return subject === "" ? message : `${subject}: ${message}`;
}

function mark(screen: Screen, status: CheckStatus): string {
  return screen.style(STYLES[status], status.padEnd(7));
}

function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.map(shown).join(", ") || "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function summaryLine({ summary }: DoctorReport): string {
  const { ok, warn, fail, skipped, unread } = summary;
  const parts = [`${ok} ok`, `${warn} to look at`, `${fail} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (unread > 0) parts.push(`${unread} of them because AWS did not let us read`);
  return parts.join(", ");
}
