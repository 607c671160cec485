import type { CompiledPolicy, CompiledRow } from "./compile.ts";
import { addTo } from "./group-by.ts";
import type { RowType } from "./row.ts";
import type { Subject } from "./subject.ts";

/**
 * A compiled policy as packaging stores it: grouped by what a request looks up, with each text once and rows as
 * numbers, so that a cold start reads little of it and makes few objects (docs/adr/0096-indexed-policy.md). INVARIANT:
 * everything is in the canonical order of the rows.
 */
export interface IndexedPolicy {
  readonly indexed: typeof INDEXED;
  readonly version: string;
  readonly model: string;
  readonly files: readonly string[];
  /** The subjects of the `p` rows. */
  readonly subjects: readonly Subject[];
  /** The conditions of the `p` rows; the first is that of the rows without one. */
  readonly conditions: readonly ["", ...string[]];
  /**
   * Permission patterns and their `p` rows. Each row is {@link ROW_LENGTH} numbers: ordinal, file, line, subject,
   * effect (1 is `allow`) and condition. File, subject and condition are places in the lists of these.
   */
  readonly decisions: Groups;
  /** Members of `g` rows and their roles. */
  readonly members: Groups;
  /** Routes of `g2` rows and their permissions. */
  readonly routes: Groups;
  readonly others: Readonly<Record<OtherType, readonly IndexedRow[]>>;
}

/** The form. Change it with the meaning of a field: a function refuses a policy in a form that it does not know. */
export const INDEXED = 1;

export const ROW_LENGTH = 6;

/** A key, its values, the next key, its values. The values are one text, which a start does not take apart. */
export type Groups = readonly string[];

/** The groups by their keys. */
export function byKey(groups: Groups): Map<string, string> {
  const byKey = new Map<string, string>();
  // Without a function for each: a cold start runs this before V8 optimises anything.
  for (let at = 0; at < groups.length; at += 2) byKey.set(groups[at] ?? "", groups[at + 1] ?? "");
  return byKey;
}

const BETWEEN_NAMES = "\n";
/** In a bundle, an escaped character would take three bytes. */
const BETWEEN_NUMBERS = " ";

/** The names in a group. None contains the separator, which ends a row. */
export const namesIn = (group: string): string[] => group.split(BETWEEN_NAMES);

/** The numbers in a group. */
export const numbersIn = (group: string): number[] => group.split(BETWEEN_NUMBERS).map(Number);

/** The types whose rows are stored as they are. */
export type OtherType = (typeof OTHER_TYPES)[number];
const OTHER_TYPES = ["p2", "g3", "g4", "p3"] as const satisfies readonly RowType[];

/** A row of another type, with its place in the canonical order of all rows. */
export type IndexedRow = readonly [ordinal: number, file: number, line: number, ...fields: string[]];

/** Groups the rows of a compiled policy. Rows of a type that is unknown here are of a later claimgate, and left out. */
export function indexedPolicy({ version, model, files, rows }: CompiledPolicy): IndexedPolicy {
  const subjects = new Numbered();
  const conditions = new Numbered();
  conditions.of("");
  const decisions = new Map<string, string[]>();
  const members = new Map<string, string[]>();
  const routes = new Map<string, string[]>();
  for (const [ordinal, row] of rows.entries()) {
    const [type, file, line, first = "", second = "", effect, condition = ""] = row;
    if (type === "g") addTo(members, first, second);
    else if (type === "g2") addTo(routes, first, second);
    else if (type === "p") {
      // Anything but `allow` counts as deny, although no compiled row contains anything else.
      const allows = effect === "allow" ? 1 : 0;
      const numbers = [ordinal, file, line, subjects.of(first), allows, conditions.of(condition)];
      addTo(decisions, second, numbers.join(BETWEEN_NUMBERS));
    }
  }
  return {
    ...{ indexed: INDEXED, version, model, files },
    subjects: subjects.texts() as Subject[],
    conditions: ["", ...conditions.texts().slice(1)],
    decisions: groupsOf(decisions, BETWEEN_NUMBERS),
    members: groupsOf(members, BETWEEN_NAMES),
    routes: groupsOf(routes, BETWEEN_NAMES),
    others: {
      p2: rowsOf("p2", rows),
      g3: rowsOf("g3", rows),
      g4: rowsOf("g4", rows),
      p3: rowsOf("p3", rows),
    },
  };
}

/** The rows of one type. */
export function rowsOf(type: OtherType, rows: readonly CompiledRow[]): readonly IndexedRow[] {
  return rows.flatMap(([own, ...row], ordinal) => (own === type ? [[ordinal, ...row] as const] : []));
}

/** Texts, each once, and their places. */
class Numbered {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  texts(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}

function groupsOf(lists: ReadonlyMap<string, readonly string[]>, separator: string): Groups {
  return [...lists].flatMap(([key, values]) => [key, values.join(separator)]);
}
