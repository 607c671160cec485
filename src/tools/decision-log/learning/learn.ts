import type { Policy } from "../../../policy/policy.ts";
import { createReplayer, type Undecided } from "../decide-again.ts";
import type { LogEntry, LoggedDecision } from "../entry.ts";
import { LineCounter, type LineCounts } from "../line-counts.ts";
import { type Extent, ExtentCounter, type Period, within } from "../period.ts";
import { createCaseReader, type LearnedCase, type Unlearnable } from "./learned-case.ts";
import { keyOf, type LearnedSuite, learnedSuite } from "./learned-suite.ts";

/** Decisions that the learned suite leaves out. */
export interface LeftOut {
  readonly why: Unlearnable | Undecided | "other-version" | "decided-otherwise" | "seen-rarely";
  /** Of `input-not-logged`: the comparisons without values in the log, or the groups of a tenant. */
  readonly missing: readonly string[];
  readonly count: number;
}

/** What a log teaches. */
export interface Learning {
  readonly policyVersion: string;
  readonly lines: LineCounts;
  /** The decisions in the period. */
  readonly log: Extent;
  readonly outsidePeriod: number;
  /** Decisions that the suite holds. */
  readonly learned: number;
  /** The most frequent first. */
  readonly leftOut: readonly LeftOut[];
  /** Undefined if nothing was learned. */
  readonly suite: LearnedSuite | undefined;
}

export interface LearnOptions {
  readonly period: Period;
  /** How often a decision must have been made. */
  readonly min: number;
  /** Whether decisions of other versions of the policy count, if this one decides alike. */
  readonly otherVersions: boolean;
}

/** Learns a policy test from a log, entry by entry. Keeps only different cases, so that a log may have any length. */
export function createLearning(policy: Policy, { period, min, otherVersions }: LearnOptions) {
  const replayer = createReplayer(policy);
  const read = createCaseReader(policy);
  const lines = new LineCounter();
  const extent = new ExtentCounter();
  const cases = new Map<string, { readonly learned: LearnedCase; count: number }>();
  const leftOut = new Map<string, LeftOut>();
  let outsidePeriod = 0;

  function leave(why: LeftOut["why"], missing: readonly string[] = [], by = 1): void {
    const key = JSON.stringify([why, missing]);
    leftOut.set(key, { why, missing, count: (leftOut.get(key)?.count ?? 0) + by });
  }

  function add(logged: LoggedDecision): void {
    if (!within(period, logged.time)) {
      outsidePeriod += 1;
      return;
    }
    extent.add(logged.time, logged.policyVersion);
    if (!otherVersions && logged.policyVersion !== policy.version) {
      leave("other-version");
      return;
    }
    const again = replayer.decideAgain(logged);
    if (again.kind === "undecided") leave(again.why, again.missing);
    else if (again.decision.effect !== logged.effect) leave("decided-otherwise");
    else {
      const learned = read(again.request, again.decision);
      if (typeof learned === "string") leave(learned);
      else {
        const known = cases.get(keyOf(learned));
        if (known === undefined) cases.set(keyOf(learned), { learned, count: 1 });
        else known.count += 1;
      }
    }
  }

  return {
    add(entry: LogEntry): void {
      lines.add(entry);
      if (entry.kind === "decisions") for (const decision of entry.decisions) add(decision);
    },
    /** Call it once. */
    result(): Learning {
      const log = extent.extent();
      const often = [...cases.values()].filter(({ count }) => count >= min);
      const rare = [...cases.values()].filter(({ count }) => count < min);
      for (const { count } of rare) leave("seen-rarely", [], count);
      const learned = often.reduce((sum, { count }) => sum + count, 0);
      return {
        policyVersion: policy.version,
        lines: lines.counts(),
        log,
        outsidePeriod,
        learned,
        leftOut: [...leftOut.values()].sort(
          (a, b) => b.count - a.count || (keyOfLeft(a) < keyOfLeft(b) ? -1 : 1),
        ),
        suite:
          often.length === 0
            ? undefined
            : learnedSuite(
                often.map((one) => one.learned),
                aboutOf(log, learned, policy),
              ),
      };
    },
  };
}

function keyOfLeft({ why, missing }: LeftOut): string {
  return [why, ...missing].join();
}

function aboutOf({ first, last }: Extent, learned: number, { version }: Policy): readonly string[] {
  const when = first === null || last === null ? "" : `, ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
  return [
    `Learned by \`claimgate learn\` from ${learned} decisions of policy version ${version}${when}.`,
    "It says what happened, not what should happen: read it before you commit it.",
    "Names of people and tenants are placeholders: `own-sub` is the caller's own `sub`, `other-userId` another value.",
  ];
}
