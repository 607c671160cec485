import type { DecisionRow, Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import type { RoleRow, Row } from "../../policy/row.ts";
import { describeRow } from "../../policy/row-description.ts";
import type { Subject } from "../../policy/subject.ts";
import { byPlace } from "../text/place.ts";
import { createReplayer } from "./decide-again.ts";
import type { LogEntry, LoggedDecision } from "./entry.ts";
import { LineCounter, type LineCounts } from "./line-counts.ts";
import { type Extent, ExtentCounter, type Period, within } from "./period.ts";

/** A row of the policy, as a report names it. */
export interface NamedRow {
  readonly file: string;
  readonly line: number;
  readonly row: string;
}

export interface Unused {
  readonly policyVersion: string;
  readonly lines: LineCounts;
  readonly log: Extent;
  readonly outsidePeriod: number;
  /** `p` rows that allow and `g` rows that no allowed decision of the log hung on. */
  readonly rows: readonly NamedRow[];
  /** Those of them that no decision log can show, since they open no route; never suggested. */
  readonly unseeable: readonly NamedRow[];
  /** How many rows were looked at: allow rows, and `g` rows that lead to no denying one. */
  readonly considered: number;
}

/**
 * Which grants a log has no use of. Nothing of what was allowed hangs on a row that is named here: with all of them
 * removed together, each of these decisions would be made as before. And to remove them can only take away:
 *
 * - deny rows are never named, nor is a `g` row that leads to one;
 * - a row counts as used where it might have decided: by its digest in the log, or since it matches the logged request
 *   today, conditions that cannot be known included;
 * - of several ways from a group to a role all count.
 */
export function createUnused(policy: Policy, rows: readonly Row[], period: Period) {
  const replayer = createReplayer(policy);
  const lines = new LineCounter();
  const extent = new ExtentCounter();
  const byDigest = new Map(policy.decisionRows.map((row) => [describeRow("p", row).digest, row]));
  const used = new Set<DecisionRow>();
  const needed: Needed = new Map();
  let outsidePeriod = 0;

  function add(logged: LoggedDecision): void {
    if (!within(period, logged.time)) {
      outsidePeriod += 1;
      return;
    }
    extent.add(logged.time, logged.policyVersion);
    if (logged.effect === "deny") return;
    const { subjects, rows: matching } = replayer.allowing(logged);
    const decided = logged.determining.flatMap(({ digest }) => byDigest.get(digest) ?? []);
    for (const row of [...decided, ...matching]) {
      used.add(row);
      for (const subject of subjects) if (policy.directRoles.has(subject)) need(needed, subject, row.subject);
    }
  }

  return {
    add(entry: LogEntry): void {
      lines.add(entry);
      if (entry.kind === "decisions") for (const decision of entry.decisions) add(decision);
    },
    result(): Unused {
      const found = unusedRows(policy, rows, used, needed);
      return {
        policyVersion: policy.version,
        lines: lines.counts(),
        log: extent.extent(),
        outsidePeriod,
        ...found,
      };
    },
  };
}

/** Members of `g` rows -> the subjects of rows that somebody who held the member was allowed by. */
type Needed = Map<Subject, Set<Subject>>;

function need(needed: Needed, member: Subject, holder: Subject): void {
  const holders = needed.get(member);
  if (holders === undefined) needed.set(member, new Set([holder]));
  else holders.add(holder);
}

function unusedRows(
  policy: Policy,
  rows: readonly Row[],
  used: ReadonlySet<DecisionRow>,
  needed: Needed,
): Pick<Unused, "rows" | "unseeable" | "considered"> {
  const usedTexts = new Set([...used].map((row) => describeRow("p", row).row));
  const grants = rows.filter((row) => row.type === "p" && row.effect === "allow");
  const denied = subjectsOf(policy, (row) => row.effect === "deny");
  const unseen = subjectsOf(policy, (row) => row.effect === "allow" && !opensRoute(policy, row.permission));
  const roleRows = rows.filter((row) => row.type === "g" && !leadsTo(policy, row.role, denied));
  const unused = [
    ...grants.filter((row) => !usedTexts.has(row.text)),
    ...roleRows.filter((row) => row.type === "g" && !isNeeded(policy, needed, row)),
  ];
  const hidden = (row: Row) =>
    row.type === "p"
      ? !opensRoute(policy, row.permission)
      : row.type === "g" && leadsTo(policy, row.role, unseen);
  return {
    rows: unused
      .filter((row) => !hidden(row))
      .map(named)
      .sort(byPlace),
    unseeable: unused.filter(hidden).map(named).sort(byPlace),
    considered: grants.length + roleRows.length,
  };
}

function subjectsOf(policy: Policy, wanted: (row: DecisionRow) => boolean): ReadonlySet<Subject> {
  return new Set(policy.decisionRows.filter(wanted).map(({ subject }) => subject));
}

function leadsTo(policy: Policy, role: Subject, targets: ReadonlySet<Subject>): boolean {
  return [...holdings(policy, [role])].some((held) => targets.has(held));
}

/** Whether some way from a member that was seen to a row's subject that it needed goes over the row. */
function isNeeded(policy: Policy, needed: Needed, { member, role }: RoleRow): boolean {
  return [...needed].some(
    ([subject, holders]) => holdings(policy, [subject]).has(member) && leadsTo(policy, role, holders),
  );
}

function opensRoute(policy: Policy, pattern: string): boolean {
  return [...policy.routeEntries.values()].some(({ covering }) => covering.has(pattern));
}

function named({ file, line, text }: Row): NamedRow {
  return { file, line, row: text };
}
