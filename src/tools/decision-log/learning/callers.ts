import type { App } from "../../../policy/app.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import type { LearnedCase } from "./learned-case.ts";

/** A named principal of the learned suite: what several requests had in common. */
export interface LearnedCaller {
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly app: App | undefined;
  /** As in {@link LearnedCase}. */
  readonly facts: ReadonlyMap<string, string | undefined>;
}

/** Callers, and the cases of each. */
export interface CasesOfCaller {
  readonly caller: LearnedCaller;
  readonly cases: readonly LearnedCase[];
}

/**
 * Few callers for many cases. A claim that a request did not compare does not matter to it, so two requests of the same
 * subjects share a caller unless they saw different values.
 *
 * @param cases in an order that does not depend on the log
 */
export function groupByCaller(cases: readonly LearnedCase[]): readonly CasesOfCaller[] {
  const groups = new Map<string, Draft[]>();
  for (const one of mostKnownFirst(cases)) {
    const key = JSON.stringify([one.subjects, one.app]);
    const drafts = groups.get(key) ?? [];
    groups.set(key, drafts);
    const fitting = drafts.find(({ facts }) => agree(facts, one.facts));
    if (fitting === undefined) drafts.push({ facts: new Map(one.facts), cases: [one] });
    else {
      for (const [name, value] of one.facts) fitting.facts.set(name, value);
      fitting.cases.push(one);
    }
  }
  const names = new Set<string>();
  return [...groups.values()].flat().map(({ facts, cases: own }) => {
    const { subjects, app } = own[0] ?? { subjects: [], app: undefined };
    const name = unusedName(names, nameOf(subjects, app, facts));
    names.add(name);
    return { caller: { name, subjects, app, facts }, cases: own };
  });
}

interface Draft {
  readonly facts: Map<string, string | undefined>;
  readonly cases: LearnedCase[];
}

/** A case that compared more comes first: the others then find it. */
function mostKnownFirst(cases: readonly LearnedCase[]): readonly LearnedCase[] {
  return [...cases].sort((a, b) => b.facts.size - a.facts.size);
}

function agree(
  known: ReadonlyMap<string, string | undefined>,
  other: ReadonlyMap<string, string | undefined>,
): boolean {
  return [...other].every(([name, value]) => !known.has(name) || known.get(name) === value);
}

/** Beyond these, a name says how many more there are: YAML keys are limited. */
const SHOWN = 4;

function nameOf(
  subjects: readonly Subject[],
  app: App | undefined,
  facts: ReadonlyMap<string, string | undefined>,
): string {
  const named = subjects
    .filter((one) => one !== AUTHENTICATED && one !== MACHINE)
    .map((one) => one.slice(one.indexOf(":") + 1));
  const kind = subjects.includes(MACHINE) ? "machine" : "signed-in";
  const who = named.length === 0 ? kind : listed(named, "+");
  const missing = [...facts].flatMap(([fact, value]) =>
    value === undefined ? [fact.replace(/^claim:/, "")] : [],
  );
  const age = facts.get("age");
  return [
    who,
    ...(app === undefined ? [] : [`via ${[app.client, ...app.scopes.slice(0, SHOWN)].join("+")}`]),
    ...(age === undefined || age === "0" ? [] : [`after ${age} s`]),
    ...(missing.length === 0 ? [] : [`without ${listed(missing, "+")}`]),
  ].join(" ");
}

function listed(names: readonly string[], by: string): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(by) + (more > 0 ? `${by}${more} more` : "");
}

function unusedName(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
