import type { DecisionReason, DeterminingRow } from "../../policy/decision.ts";
import type { Policy } from "../../policy/policy.ts";
import { describeRow } from "../../policy/row-description.ts";
import type { Subject } from "../../policy/subject.ts";
import { createReplayer, leavesPathOpen, type Undecided } from "./decide-again.ts";
import type { LogEntry, LoggedDecision } from "./entry.ts";
import { LineCounter, type LineCounts } from "./line-counts.ts";
import type { LoggedRow } from "./logged-row.ts";
import { type Extent, ExtentCounter, type Period, within } from "./period.ts";

/** Decisions that would change, of the same subjects on the same route by the same rows. */
export interface ReplayChange {
  /** A denied caller would be allowed. */
  readonly widens: boolean;
  readonly from: "allow" | "deny";
  readonly to: "allow" | "deny";
  /** In today's spelling; for an undeclared route in that of the log. */
  readonly route: string;
  /** The subjects of the tokens, without the user: groups, clients, scopes, and the role of their kind. */
  readonly subjects: readonly Subject[];
  /** The determining row then; `row` is its spelling if the policy still has it. */
  readonly before: readonly (LoggedRow & { readonly row: string | null })[];
  /** The determining row today. */
  readonly after: readonly DeterminingRow[];
  readonly reason: DecisionReason;
  readonly count: number;
  /** The number of different users, without clients, up to {@link MOST_USERS}. */
  readonly users: number;
  /** An example request in the log. */
  readonly example: { readonly requestId: string | null; readonly time: string | null };
}

/** Decisions that cannot be replayed. */
export interface ReplayGap {
  readonly why: Undecided;
  readonly route: string;
  readonly effect: "allow" | "deny";
  /** The comparisons without values in the log. */
  readonly missing: readonly string[];
  readonly count: number;
}

export interface Replay {
  /** The version of the policy that decided. */
  readonly policyVersion: string;
  readonly lines: LineCounts;
  /** The decisions in the period. */
  readonly log: Extent;
  readonly outsidePeriod: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly undecided: number;
  /** Decisions without a path in the log, replayed on the former route. */
  readonly onLoggedRoute: number;
  /** Widening ones first, then the most frequent. */
  readonly changes: readonly ReplayChange[];
  readonly gaps: readonly ReplayGap[];
}

/** The maximum number of users to count per change. */
export const MOST_USERS = 10_000;

interface Group<T> {
  readonly value: T;
  count: number;
  readonly users: Set<string>;
}

/** Replays a log by a policy, entry by entry, and keeps only groups, so that a log may have any length. */
export function createReplay(policy: Policy, period: Period) {
  const replayer = createReplayer(policy);
  const texts = new Map(
    policy.decisionRows.map((row) => describeRow("p", row)).map(({ digest, row }) => [digest, row]),
  );
  const lines = new LineCounter();
  const extent = new ExtentCounter();
  const changes = new Map<string, Group<Omit<ReplayChange, "count" | "users">>>();
  const gaps = new Map<string, Group<Omit<ReplayGap, "count">>>();
  const tally = { outsidePeriod: 0, unchanged: 0, changed: 0, undecided: 0, onLoggedRoute: 0 };

  function add(logged: LoggedDecision): void {
    if (!within(period, logged.time)) {
      tally.outsidePeriod += 1;
      return;
    }
    extent.add(logged.time, logged.policyVersion);
    const again = replayer.decideAgain(logged);
    if (again.kind === "undecided") {
      tally.undecided += 1;
      const gap = { why: again.why, route: routeName(logged), effect: logged.effect, missing: again.missing };
      join(gaps, JSON.stringify(gap), gap);
      return;
    }
    if (logged.about === "call" && leavesPathOpen(logged.template)) tally.onLoggedRoute += 1;
    const { decision, effect, route } = again;
    if (effect === logged.effect) {
      tally.unchanged += 1;
      return;
    }
    tally.changed += 1;
    const group = {
      widens: effect === "allow",
      from: logged.effect,
      to: effect,
      route: route ?? routeName(logged),
      subjects: logged.subjects.filter((subject) => !subject.startsWith("user:")).sort(),
      before: logged.determining.map((row) => ({ ...row, row: texts.get(row.digest) ?? null })),
      after: decision.determining,
      reason: decision.reason,
    };
    const user = logged.subjects.find((subject) => subject.startsWith("user:"));
    join(changes, JSON.stringify(group), { ...group, example: exampleOf(logged) }, user);
  }

  return {
    add(entry: LogEntry): void {
      lines.add(entry);
      if (entry.kind === "decisions") for (const decision of entry.decisions) add(decision);
    },
    result(): Replay {
      return {
        policyVersion: policy.version,
        lines: lines.counts(),
        log: extent.extent(),
        ...tally,
        changes: [...changes.values()]
          .map(({ value, count, users }) => ({ ...value, count, users: users.size }))
          .sort(byWeight),
        gaps: [...gaps.values()]
          .map(({ value, count }) => ({ ...value, count }))
          .sort((a, b) => b.count - a.count || compare(a.route, b.route)),
      };
    },
  };
}

function join<T>(groups: Map<string, Group<T>>, key: string, value: T, user?: string): void {
  let group = groups.get(key);
  if (group === undefined) {
    group = { value, count: 0, users: new Set() };
    groups.set(key, group);
  }
  group.count += 1;
  if (user !== undefined && group.users.size < MOST_USERS) group.users.add(user);
}

function byWeight(a: ReplayChange, b: ReplayChange): number {
  if (a.widens !== b.widens) return a.widens ? -1 : 1;
  return b.count - a.count || compare(a.route, b.route) || compare(a.subjects.join(), b.subjects.join());
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The displayed route: the declared one, or the gateway's match. */
function routeName({ route, method, template }: LoggedDecision): string {
  if (route !== undefined) return route;
  if (template === undefined) return method === undefined ? "(no route)" : `${method} (no route)`;
  return template.startsWith("/") && method !== undefined ? `${method} ${template}` : template;
}

function exampleOf({ requestId, time }: LoggedDecision): ReplayChange["example"] {
  return {
    requestId: requestId ?? null,
    time: time === undefined ? null : new Date(time).toISOString(),
  };
}
