import { parseRows } from "../../policy/parse.ts";
import type { Policy } from "../../policy/policy.ts";
import {
  type AccessChange,
  accessChangeSteps,
  accessChanges,
  type ChangeScope,
  comparedRequests,
} from "./access-changes.ts";
import { everHeld, holdingsOf } from "./holdings.ts";

/** A row in only one of the two. */
export interface RowChange {
  readonly kind: "added" | "removed";
  readonly file: string;
  readonly line: number;
  /** The row in its canonical spelling. */
  readonly row: string;
  /**
   * For rows about addresses and directories, which are compared literally: whether more people may sign up, get a
   * group, or no longer get one that denies.
   */
  readonly widens: boolean;
  /** Further effects of the row; undefined if there are none. */
  readonly note: string | undefined;
}

/** The differences between the decisions of two policies. */
export interface PolicyDiff {
  /** Sorted by subject, then routes, then permissions. */
  readonly access: readonly AccessChange[];
  /** Rows about sign-up, landing groups and directory groups. */
  readonly addresses: readonly RowChange[];
  /** All other rows in only one of the two. */
  readonly rows: readonly RowChange[];
  readonly widens: boolean;
  /** Whether any decision differs: rows may differ without effect. */
  readonly differs: boolean;
  /** False if there are too many routes to prove that nothing else changes; it then counts as wider. */
  readonly complete: boolean;
}

/** A row in a diff. */
interface PlacedRow {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface DiffSide {
  readonly policy: Policy;
  readonly rows: readonly PlacedRow[];
}

/**
 * Compares the decisions of two policies for all subjects of tokens, every app, every request that either decides, and
 * every permission. The result is exact with one exception: claims are independent, so `{a}=sub` may be assumed true
 * for any `user:`.
 *
 * @param scope what may have changed, from {@link scopeOfEdit}; the rest is not compared
 */
export function diffPolicies(before: DiffSide, after: DiffSide, scope: ChangeScope = EVERYTHING): PolicyDiff {
  const steps = diffSteps(before, after, scope);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The same in small steps, for a caller that has other work. */
export function* diffSteps(
  before: DiffSide,
  after: DiffSide,
  scope: ChangeScope,
): Generator<undefined, PolicyDiff> {
  const requests = comparedRequests(before.policy, after.policy);
  yield undefined;
  const access: AccessChange[] = [];
  for (const change of accessChangeSteps(before.policy, after.policy, requests, scope)) {
    if (change !== undefined) access.push(change);
    yield undefined;
  }
  const denies = (group: string) => [before, after].some(({ policy }) => reachesDeny(policy, group));
  const rows = rowChanges(before.rows, after.rows, {
    denies,
    aboutApps: appsNote(before.policy.apps.size, after.policy.apps.size),
  });
  const addresses = rows.filter(({ row }) => /^(p2|g3|g4),/.test(row));
  const others = rows.filter((row) => !addresses.includes(row));
  const { complete } = requests;
  return {
    access: access.sort(bySubject),
    addresses,
    rows: others,
    widens: !complete || [...access, ...addresses].some((change) => change.widens),
    differs: !complete || access.length + addresses.length > 0,
    complete,
  };
}

function bySubject(a: AccessChange, b: AccessChange): number {
  return (
    compare(a.subject, b.subject) ||
    Number(a.route === undefined) - Number(b.route === undefined) ||
    compare(a.route ?? "", b.route ?? "") ||
    compare(a.permission ?? "", b.permission ?? "")
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export const EVERYTHING: ChangeScope = { route: () => true, permission: () => true, subject: () => true };

/** Whether any of these decisions differs, or not all of them could be compared. */
export function accessDiffers(before: Policy, after: Policy, scope: ChangeScope): boolean {
  const requests = comparedRequests(before, after, scope.focus);
  return !requests.complete || accessChanges(before, after, requests, scope).next().done !== true;
}

/** What the first and the last `p3` row do to all apps. */
function appsNote(before: number, after: number): string | undefined {
  if (before === 0 && after > 0)
    return "the first `p3` rows: apps without one may do nothing for their users";
  return before > 0 && after === 0
    ? "no `p3` row is left: every app may do everything that its users may"
    : undefined;
}

/** The notes of rows, which depend on the other rows. */
interface Notes {
  /** Whether a group leads to a deny row. */
  readonly denies: (group: string) => boolean;
  /** Of each `p3` row. */
  readonly aboutApps: string | undefined;
}

function rowChanges(
  before: readonly PlacedRow[],
  after: readonly PlacedRow[],
  { denies, aboutApps }: Notes,
): readonly RowChange[] {
  const only = (rows: readonly PlacedRow[], others: readonly PlacedRow[], kind: RowChange["kind"]) => {
    const known = new Set(others.map(({ text }) => text));
    return rows
      .filter(({ text }) => !known.has(text))
      .map(({ file, line, text }): RowChange => {
        const place = { kind, file, line, row: text };
        if (text.startsWith("p3,")) return { ...place, widens: false, note: aboutApps };
        const given = givenGroup(text);
        if (given === undefined) return { ...place, widens: widensSignUp(kind, text), note: undefined };
        return { ...place, ...groupEffect(kind, given.type, denies(given.group)) };
      });
  };
  return [...only(before, after, "removed"), ...only(after, before, "added")].sort((a, b) =>
    a.row === b.row ? 0 : a.row < b.row ? -1 : 1,
  );
}

function widensSignUp(kind: RowChange["kind"], row: string): boolean {
  if (!row.startsWith("p2,")) return false;
  return row.endsWith(", deny") ? kind === "removed" : kind === "added";
}

/**
 * Without its group a user may do more if the group leads to a deny row. A new user need not prove the address then.
 */
function groupEffect(
  kind: RowChange["kind"],
  type: "g3" | "g4",
  denies: boolean,
): Pick<RowChange, "widens" | "note"> {
  if (kind === "added") return { widens: true, note: undefined };
  const notes = [
    ...(denies ? ["the group leads to a deny row"] : []),
    ...(type === "g3" ? ["it no longer prevents auto-confirm"] : []),
  ];
  return { widens: denies, note: notes.length === 0 ? undefined : notes.join("; ") };
}

/** The group that a row gives to users; undefined if it gives none. */
function givenGroup(row: string): { readonly type: "g3" | "g4"; readonly group: string } | undefined {
  const parsed = parseRows("", row).rows[0];
  return parsed?.type === "g3" || parsed?.type === "g4" ? parsed : undefined;
}

/** Whether a token with the group may hold a subject of a deny row. */
export function reachesDeny(policy: Policy, group: string): boolean {
  const held = everHeld(holdingsOf(policy, [`group:${group}`]));
  return policy.decisionRows.some(({ subject, effect }) => effect === "deny" && held.has(subject));
}
