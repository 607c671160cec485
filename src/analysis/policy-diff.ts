import { type Condition, parseCondition, type Truth } from "../policy/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { holdings } from "../policy/roles.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../policy/subject.ts";
import { kindOfLeaf } from "./holding.ts";
import { namedSubjects } from "./named-subjects.ts";
import { type Access, type Standing, standingOn } from "./report/access.ts";

/** What changed for one holder on one route. */
export interface AccessChange {
  readonly subject: Subject;
  readonly route: string;
  readonly before: Access;
  readonly after: Access;
  /** Whether there is a request that is allowed after and was not before, alone or beside other subjects. */
  readonly widens: boolean;
  /** Whether there is a request that was allowed before and is not after, alone or beside other subjects. */
  readonly narrows: boolean;
}

/** A row that is only in one of the two. */
export interface RowChange {
  readonly kind: "added" | "removed";
  readonly file: string;
  readonly line: number;
  /** The row in its canonical spelling. */
  readonly row: string;
  /** For rows about addresses, which are compared as they stand: whether more people may sign up or get a group. */
  readonly widens: boolean;
}

/** How two policies differ in what they decide. */
export interface PolicyDiff {
  /** Sorted by subject and route. */
  readonly access: readonly AccessChange[];
  /** Rows about sign-up and landing groups. */
  readonly addresses: readonly RowChange[];
  /** All other rows that are only in one of the two. */
  readonly rows: readonly RowChange[];
  readonly widens: boolean;
  /** Whether anything is decided otherwise: rows may differ without that. */
  readonly differs: boolean;
}

/** A row as a diff shows it. */
export interface PlacedRow {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface DiffSide {
  readonly policy: Policy;
  readonly rows: readonly PlacedRow[];
}

/**
 * Compares what two policies decide, for everybody and every route that either names. Exact, with one exception: two
 * comparisons of a condition count as independent, so `{a}=x` and `{b}=x` may be taken to widen where they cannot.
 */
export function diffPolicies(before: DiffSide, after: DiffSide): PolicyDiff {
  const access = [...changesIn(before.policy, after.policy, EVERYTHING)];
  const rows = rowChanges(before.rows, after.rows);
  const addresses = rows.filter(({ row }) => /^(p2|g3),/.test(row));
  const others = rows.filter((row) => !addresses.includes(row));
  const widens = [...access, ...addresses].some((change) => change.widens);
  return { access, addresses, rows: others, widens, differs: access.length + addresses.length > 0 };
}

/** What is compared of two policies. */
export interface DiffScope {
  readonly route: (route: string) => boolean;
  /** @param held everything that a subject holds in one of the two, itself included */
  readonly subject: (held: ReadonlySet<Subject>) => boolean;
}

const EVERYTHING: DiffScope = { route: () => true, subject: () => true };

/** Whether anything of that is decided otherwise. */
export function accessDiffers(before: Policy, after: Policy, scope: DiffScope): boolean {
  return changesIn(before, after, scope).next().done !== true;
}

function* changesIn(before: Policy, after: Policy, scope: DiffScope): Generator<AccessChange, undefined> {
  const routes = [...new Set([...before.routeEntries.keys(), ...after.routeEntries.keys()])]
    .filter(scope.route)
    .sort();
  const builtIn: readonly Subject[] = [AUTHENTICATED, MACHINE];
  const subjects = new Set([...builtIn, ...namedSubjects(before), ...namedSubjects(after)]);
  for (const subject of [...subjects].sort()) {
    // Of a role only what it gives itself: that it is given to users now makes nothing wider that all users may.
    const token = [...(kindOfLeaf(subject) ?? []), subject];
    const [was, is] = [holdings(before, token), holdings(after, token)];
    if (!scope.subject(was) && !scope.subject(is)) continue;
    for (const route of routes) {
      const [old, now] = [standingOn(before, { route }, was), standingOn(after, { route }, is)];
      const change = comparison(old, now);
      if (change.widens || change.narrows) {
        yield { subject, route, before: old.access, after: now.access, ...change };
      }
    }
  }
  return undefined;
}

/** Every way in which the comparisons of the conditions can come out, three values each, up to this many. */
const MAX_COMPARISONS = 7;

/** Whether there is a request that is allowed. */
export function canOpen(side: Standing): boolean {
  const [allowing, denying] = [allowingOf(side), denyingOf(side)];
  const names = [...new Set([...allowing, ...denying].flat().map(nameOf))];
  if (names.length > MAX_COMPARISONS) return true;
  for (let number = 0; number < 3 ** names.length; number++) {
    const values = valuesAt(number, names);
    if (holds(allowing, values, "allow") && !holds(denying, values, "deny")) return true;
  }
  return false;
}

/** The values of one of the ways in which the comparisons can come out. */
function valuesAt(number: number, names: readonly string[]): ReadonlyMap<string, Value> {
  return new Map(names.map((name, index) => [name, VALUES[Math.floor(number / 3 ** index) % 3]]));
}

function comparison(old: Standing, now: Standing): Pick<AccessChange, "widens" | "narrows"> {
  const [wasAllowed, isAllowed] = [allowingOf(old), allowingOf(now)];
  const [wasDenied, isDenied] = [denyingOf(old), denyingOf(now)];
  const names = [...new Set([wasAllowed, isAllowed, wasDenied, isDenied].flat().flat().map(nameOf))];
  if (JSON.stringify([wasAllowed, wasDenied]) === JSON.stringify([isAllowed, isDenied])) {
    return { widens: false, narrows: false };
  }
  // So many conditions on one route are nobody's policy; whoever has them is told to look.
  if (names.length > MAX_COMPARISONS) return { widens: true, narrows: true };
  const found = { widens: false, narrows: false };
  for (let number = 0; number < 3 ** names.length; number++) {
    const values = valuesAt(number, names);
    const [before, after] = [
      { allow: holds(wasAllowed, values, "allow"), deny: holds(wasDenied, values, "deny") },
      { allow: holds(isAllowed, values, "allow"), deny: holds(isDenied, values, "deny") },
    ];
    const [was, is] = [before.allow && !before.deny, after.allow && !after.deny];
    // A deny also holds for whoever has another subject that allows.
    if ((is && !was) || (before.deny && !after.deny)) found.widens = true;
    if ((was && !is) || (after.deny && !before.deny)) found.narrows = true;
  }
  return found;
}

const VALUES = ["equal", "different", "unknown"] as const;

type Value = (typeof VALUES)[number] | undefined;

const nameOf = ({ parameter, claim }: Condition[number]) => `{${parameter}} ${claim}`;

/** One condition of these has to be true; the empty one always is. */
function allowingOf({ access: { kind, when } }: Standing): readonly Condition[] {
  if (kind === "public") return [[]];
  if (kind === "none" || kind === "denied") return [];
  return when.length === 0 ? [[]] : when.map(conditionOf);
}

function denyingOf({ denial }: Standing): readonly Condition[] {
  return denial.map((text) => (text === "" ? [] : conditionOf(text)));
}

/** The texts come from rows that parsed. */
function conditionOf(text: string): Condition {
  const parsed = parseCondition(text);
  return "condition" in parsed ? parsed.condition : [];
}

function holds(
  conditions: readonly Condition[],
  values: ReadonlyMap<string, Value>,
  effect: "allow" | "deny",
): boolean {
  return conditions.some((condition) => {
    const truth = truthOf(condition, values);
    return truth === "true" || (truth === "unknown" && effect === "deny");
  });
}

function truthOf(condition: Condition, values: ReadonlyMap<string, Value>): Truth {
  let truth: Truth = "true";
  for (const atom of condition) {
    const value = values.get(nameOf(atom));
    if (value === undefined || value === "unknown") truth = "unknown";
    else if ((value === "equal") === atom.negated) return "false";
  }
  return truth;
}

function rowChanges(before: readonly PlacedRow[], after: readonly PlacedRow[]): readonly RowChange[] {
  const only = (rows: readonly PlacedRow[], others: readonly PlacedRow[], kind: RowChange["kind"]) => {
    const known = new Set(others.map(({ text }) => text));
    return rows
      .filter(({ text }) => !known.has(text))
      .map(
        ({ file, line, text }): RowChange => ({
          kind,
          file,
          line,
          row: text,
          widens: widensAddresses(kind, text),
        }),
      );
  };
  return [...only(before, after, "removed"), ...only(after, before, "added")].sort((a, b) =>
    a.row === b.row ? 0 : a.row < b.row ? -1 : 1,
  );
}

function widensAddresses(kind: RowChange["kind"], row: string): boolean {
  if (row.startsWith("g3,")) return kind === "added";
  if (!row.startsWith("p2,")) return false;
  return row.endsWith(", deny") ? kind === "removed" : kind === "added";
}
