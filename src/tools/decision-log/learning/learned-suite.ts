import { MACHINE } from "../../../policy/subject.ts";
import { type CasesOfCaller, groupByCaller, type LearnedCaller } from "./callers.ts";
import type { LearnedCase } from "./learned-case.ts";

/** A policy test as text, and its size. */
export interface LearnedSuite {
  readonly text: string;
  readonly callers: number;
  readonly expectations: number;
}

/**
 * Writes cases as a policy test (docs/policy-tests.md). A suite asks each of its principals about each of its routes,
 * so callers share one only if all of them were seen on the same routes: nothing is expected that did not happen.
 *
 * @param about lines of the comment at the top
 */
export function learnedSuite(cases: readonly LearnedCase[], about: readonly string[]): LearnedSuite {
  const grouped = groupByCaller([...cases].sort((a, b) => order(keyOf(a), keyOf(b))));
  const callers = grouped.map(({ caller }) => caller).sort((a, b) => order(a.name, b.name));
  const suites = suitesOf(grouped);
  const lines = [
    ...about.map((line) => `# ${line}`),
    "principals:",
    ...callers.map((caller) => `  ${scalar(caller.name)}: ${principal(caller)}`),
    "",
    "suites:",
    ...suites.flatMap((suite) => suiteLines(suite)),
  ];
  return { text: `${lines.join("\n")}\n`, callers: callers.length, expectations: cases.length };
}

/** The same for equal cases, and for no others. */
export function keyOf({ subjects, app, facts, route, parameters, effect }: LearnedCase): string {
  const known = [...facts].map(([name, value]) => [name, value ?? null]);
  return JSON.stringify([subjects, app ?? null, known, route, parameters, effect]);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Suite {
  readonly name: string;
  readonly routes: readonly string[];
  readonly parameters: LearnedCase["parameters"];
  /** Name of a caller -> its allowed routes. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

function suitesOf(grouped: readonly CasesOfCaller[]): readonly Suite[] {
  const found = new Map<
    string,
    { routes: readonly string[]; parameters: Suite["parameters"]; allowed: Map<string, readonly string[]> }
  >();
  for (const { caller, cases } of grouped) {
    for (const own of byParameters(cases)) {
      const routes = own.map(({ route }) => route).sort();
      const parameters = own[0]?.parameters ?? [];
      const key = JSON.stringify([parameters, routes]);
      const suite = found.get(key) ?? { routes, parameters, allowed: new Map() };
      found.set(key, suite);
      const allowed = own.filter(({ effect }) => effect === "allow").map(({ route }) => route);
      suite.allowed.set(caller.name, allowed.sort());
    }
  }
  const named = [...found.values()].map((suite) => ({
    ...suite,
    name: suiteName(suite.allowed, suite.parameters),
  }));
  return unlike(named.sort((a, b) => order(a.name, b.name) || order(a.routes.join(), b.routes.join())));
}

function byParameters(cases: readonly LearnedCase[]): readonly (readonly LearnedCase[])[] {
  const groups = new Map<string, LearnedCase[]>();
  for (const one of cases) {
    const key = JSON.stringify(one.parameters);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Beyond these, a name says how many more callers there are. */
const SHOWN = 3;

function suiteName(allowed: ReadonlyMap<string, unknown>, parameters: Suite["parameters"]): string {
  const names = [...allowed.keys()].sort(order);
  const more = names.length - SHOWN;
  const who = names.slice(0, SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return [who, ...parameters.map(([name, value]) => `${name} ${value}`)].join("; ");
}

/** `--suite NAME` of `claimgate test` finds one of them. */
function unlike(suites: readonly Suite[]): readonly Suite[] {
  const counts = new Map<string, number>();
  return suites.map((suite) => {
    const count = (counts.get(suite.name) ?? 0) + 1;
    counts.set(suite.name, count);
    return count === 1 ? suite : { ...suite, name: `${suite.name} (${count})` };
  });
}

function suiteLines({ name, routes, parameters, allowed }: Suite): readonly string[] {
  const callers = [...allowed.keys()].sort(order);
  const opened = callers.flatMap((caller) => {
    const own = allowed.get(caller) ?? [];
    if (own.length === 0) return [];
    const what = own.length === routes.length && own.length > 1 ? '"*"' : list(own);
    return [`      ${scalar(caller)}: ${what}`];
  });
  return [
    `  - name: ${scalar(name)}`,
    `    principals: ${list(callers)}`,
    "    routes:",
    ...routes.map((route) => `      - ${scalar(route)}`),
    ...(parameters.length === 0 ? [] : [`    parameters: ${map(parameters)}`]),
    ...(opened.length === 0 ? [] : ["    allow:", ...opened]),
  ];
}

function principal({ subjects, app, facts }: LearnedCaller): string {
  const named = (prefix: string) =>
    subjects.flatMap((one) => (one.startsWith(`${prefix}:`) ? [one.slice(prefix.length + 1)] : []));
  const claims = [...facts].flatMap(([name, value]) =>
    name.startsWith("claim:") && value !== undefined ? [[name.slice("claim:".length), value] as const] : [],
  );
  const age = facts.get("age");
  const isMachine = subjects.includes(MACHINE);
  const kind = isMachine ? machine(named("client"), named("scope")) : user(named("group"), app);
  const rest = [
    ...(claims.length === 0 ? [] : [`claims: ${map(claims)}`]),
    ...(age === undefined || isMachine ? [] : [`age: ${age}`]),
  ];
  const parts = [...kind, ...rest];
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function machine(clients: readonly string[], scopes: readonly string[]): readonly string[] {
  if (clients.length + scopes.length === 0) return [`roles: ${list([nameOfRole(MACHINE)])}`];
  return [
    ...(clients.length === 0 ? [] : [`client: ${list(clients)}`]),
    ...(scopes.length === 0 ? [] : [`scopes: ${list(scopes)}`]),
  ];
}

/** Without groups, the empty list says that client and scopes are those of a user's app. */
function user(groups: readonly string[], app: LearnedCaller["app"]): readonly string[] {
  const said = groups.length > 0 || app !== undefined ? [`groups: ${list(groups)}`] : [];
  if (app === undefined) return said;
  const scopes = app.scopes.length === 0 ? [] : [`scopes: ${list(app.scopes)}`];
  return [...said, `client: ${scalar(app.client)}`, ...scopes];
}

function nameOfRole(subject: string): string {
  return subject.slice("role:".length);
}

function list(values: readonly string[]): string {
  return `[${values.map(scalar).join(", ")}]`;
}

function map(entries: readonly (readonly [string, string])[]): string {
  return `{ ${entries.map(([name, value]) => `${scalar(name)}: ${scalar(value)}`).join(", ")} }`;
}

/** Plain where YAML reads it as the same string anywhere, else quoted. */
function scalar(text: string): string {
  return /^[A-Za-z][A-Za-z0-9_./+-]*(?: [A-Za-z/(][A-Za-z0-9_./+()-]*)*$/.test(text) && !WORDS.test(text)
    ? text
    : quoted(text);
}

const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** JSON is YAML; what JSON leaves as it is and YAML does not accept is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
