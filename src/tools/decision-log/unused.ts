import { byPlace } from "../../policy/place.ts";
import type { DecisionRow, Policy } from "../../policy/policy.ts";
import { holdings } from "../../policy/roles.ts";
import { isToolRoute } from "../../policy/route.ts";
import type { RoleRow, Row } from "../../policy/row.ts";
import { describeRow } from "../../policy/row-description.ts";
import type { Subject } from "../../policy/subject.ts";
import { tenantTruth } from "../../policy/tenant-group.ts";
import { everHeld, holdingsOf } from "../access/holdings.ts";
import { createReplayer } from "./decide-again.ts";
import type { LogEntry, LoggedDecision } from "./entry.ts";
import { LineCounter, type LineCounts } from "./line-counts.ts";
import { type Extent, ExtentCounter, type Period, within } from "./period.ts";

/** A row of the policy in the report. */
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
  /** `p` rows that allow and `g` rows that no allowed decision of the log needed. */
  readonly rows: readonly NamedRow[];
  /** Rows that no decision log can show, since they open no route, or a tool; never suggested. */
  readonly unseeable: readonly NamedRow[];
  /** The number of checked rows: allow rows, and `g` rows that lead to no deny row. */
  readonly considered: number;
}

/**
 * The grants that a log does not need. No allowed decision depends on a listed row: without all of them, each decision
 * would be the same. Removing them can only reduce access:
 *
 * - deny rows are never listed, nor is a `g` row that leads to one;
 * - a row counts as used if it may have decided: by its digest in the log, or because it matches the logged request
 *   today, unknown conditions included;
 * - of several paths from a group to a role, all count.
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
      for (const member of membersOf(policy, subjects)) need(needed, member, row.subject);
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

/** The members of `g` rows that the subjects are, or that some tenant's group among them fits. */
function membersOf(policy: Policy, subjects: readonly Subject[]): readonly Subject[] {
  const ofTenants = policy.tenantRoles.filter((group) => tenantTruth(group, subjects, {}) !== undefined);
  return [
    ...subjects.filter((subject) => policy.directRoles.has(subject)),
    ...ofTenants.map(({ member }) => member),
  ];
}

/** Members of `g` rows -> the subjects of rows that allowed a holder of the member. */
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
  const unseen = subjectsOf(policy, (row) => row.effect === "allow" && !isLogged(policy, row.permission));
  const roleRows = rows.filter((row) => row.type === "g" && !leadsTo(policy, row.role, denied));
  const unused = [
    ...grants.filter((row) => !usedTexts.has(row.text)),
    ...roleRows.filter((row) => row.type === "g" && !isNeeded(policy, needed, row)),
  ];
  const hidden = (row: Row) =>
    row.type === "p"
      ? !isLogged(policy, row.permission)
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

/** Whether a path from a logged member to a needed row's subject uses the row. */
function isNeeded(policy: Policy, needed: Needed, { member, role }: RoleRow): boolean {
  return [...needed].some(
    ([subject, holders]) =>
      everHeld(holdingsOf(policy, [subject])).has(member) && leadsTo(policy, role, holders),
  );
}

/** Whether an authorizer logs every use of the permissions. A guard decides the calls of tools, and logs none. */
function isLogged(policy: Policy, pattern: string): boolean {
  const routes = [...policy.routeEntries].filter(([, { covering }]) => covering.has(pattern));
  return routes.length > 0 && !routes.some(([route]) => isToolRoute(route));
}

function named({ file, line, text }: Row): NamedRow {
  return { file, line, row: text };
}
