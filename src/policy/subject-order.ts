import type { Policy } from "./policy.ts";
import { type HeldSubjects, MACHINE, type Subject } from "./subject.ts";

/**
 * The subjects that rows name, as numbers: decisions sort and compare these, since texts take several times as long
 * (docs/adr/0087-remembered-decisions.md).
 */
export interface SubjectOrder {
  /** Sorted. The number of a subject is its place in this list. */
  readonly subjects: readonly Subject[];
  readonly numbers: ReadonlyMap<Subject, number>;
  /** The roles that follow from each subject, directly or not. Filled as they are asked for. */
  readonly roles: (readonly number[] | undefined)[];
}

/** The number of a subject that no row names. */
export const UNNAMED = -1;

const orders = new WeakMap<Policy, SubjectOrder>();

/** Built once for a policy. */
export function subjectOrder(policy: Policy): SubjectOrder {
  const known = orders.get(policy);
  if (known !== undefined) return known;
  const { decisionSubjects, directRoles } = policy;
  const named = new Set<string>([...decisionSubjects, ...directRoles.keys(), MACHINE]);
  for (const roles of directRoles.values()) for (const role of roles) named.add(role);
  const subjects = [...named].sort() as Subject[];
  const numbers = new Map(subjects.map((subject, number) => [subject, number]));
  const order = { subjects, numbers, roles: new Array<undefined>(subjects.length) };
  orders.set(policy, order);
  return order;
}

/** The numbers of subjects, in their order. */
export function numbersOf({ numbers }: SubjectOrder, subjects: readonly Subject[]): readonly number[] {
  const own: number[] = [];
  for (const subject of subjects) own.push(numbers.get(subject) ?? UNNAMED);
  return own;
}

/** A list so short that to search it and to insert into it is faster than a set and a sort. */
const SHORT = 24;

/**
 * What `holdings` gives, sorted.
 *
 * @param numbers of the subjects
 */
export function sortedHoldings(
  policy: Policy,
  direct: readonly Subject[],
  numbers: readonly number[],
): readonly Subject[] {
  const order = subjectOrder(policy);
  const held: Subject[] = [];
  for (const number of heldNumbers(policy, order, numbers)) held.push(order.subjects[number] as Subject);
  return withUnnamed(held, direct, numbers);
}

/** In ascending order. */
function heldNumbers(policy: Policy, order: SubjectOrder, numbers: readonly number[]): readonly number[] {
  const held: number[] = [];
  for (const number of numbers) {
    if (number === UNNAMED) continue;
    insert(held, number);
    for (const role of rolesOf(policy, order, number)) insert(held, role);
    if (held.length > SHORT) return manyNumbers(policy, order, numbers);
  }
  return held;
}

function manyNumbers(policy: Policy, order: SubjectOrder, numbers: readonly number[]): readonly number[] {
  const held = new Set<number>();
  for (const number of numbers) {
    if (number === UNNAMED) continue;
    held.add(number);
    for (const role of rolesOf(policy, order, number)) held.add(role);
  }
  return [...held].sort((a, b) => a - b);
}

/** Inserts a number that the sorted list does not have. */
function insert(sorted: number[], number: number): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] ?? 0) > number) at -= 1;
  if (sorted[at - 1] === number) return;
  sorted.push(number);
  for (let last = sorted.length - 1; last > at; last -= 1) sorted[last] = sorted[last - 1] ?? 0;
  sorted[at] = number;
}

function rolesOf(
  policy: Policy,
  { subjects, numbers, roles }: SubjectOrder,
  number: number,
): readonly number[] {
  const kept = roles[number];
  if (kept !== undefined) return kept;
  const followed = policy.rolesOf.get(subjects[number] ?? "") ?? [];
  const own = followed.flatMap((role) => numbers.get(role) ?? []);
  roles[number] = own;
  return own;
}

/**
 * A sorted list with those subjects that no row names. Texts compare as `sort()` compares them.
 *
 * @param numbers of the subjects
 */
export function withUnnamed(
  sorted: readonly Subject[],
  subjects: readonly Subject[],
  numbers: readonly number[],
): readonly Subject[] {
  let all: Subject[] | undefined;
  for (let index = 0; index < subjects.length; index += 1) {
    if (numbers[index] !== UNNAMED) continue;
    if (index >= SHORT) return [...new Set([...sorted, ...subjects])].sort();
    all ??= [...sorted];
    const subject = subjects[index] as Subject;
    let at = all.length;
    while (at > 0 && (all[at - 1] ?? "") > subject) at -= 1;
    if (all[at - 1] !== subject) all.splice(at, 0, subject);
  }
  return all ?? sorted;
}

/** A sorted list that answers like a set. Few tokens have so many subjects that a set is worth its making. */
export class SortedSubjects implements HeldSubjects {
  readonly list: readonly Subject[];
  #set: ReadonlySet<Subject> | undefined;

  constructor(list: readonly Subject[]) {
    this.list = list;
  }

  get size(): number {
    return this.list.length;
  }

  has(subject: Subject): boolean {
    if (this.list.length <= SHORT) return this.list.includes(subject);
    this.#set ??= new Set(this.list);
    return this.#set.has(subject);
  }

  [Symbol.iterator](): Iterator<Subject> {
    return this.list[Symbol.iterator]();
  }
}
