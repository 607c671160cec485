import type { App } from "../../policy/app.ts";
import type { Policy, PolicyAppRow } from "../../policy/policy.ts";

/** Apps whose users may do the same, in each of the compared policies. */
export interface AppCase {
  /** One of them, with the scopes of the case. */
  readonly app: App;
  /** How people call them: `client:web`, `client:partner-app with orders-api/orders.read`. */
  readonly names: readonly string[];
}

/** Every app that no row names. A client's name is never empty, so no row has this one. */
const OTHER: App = { client: "", scopes: [] };
const OTHER_APPS = "any other app";

/**
 * The apps that policies with `p3` rows can tell apart, each with none of their scopes and with each one of them: one
 * scope is enough for a difference, since more scopes never allow less (DESIGN: the covering row needs one). None if no
 * policy has `p3` rows.
 */
export function appCases(...policies: readonly Pick<Policy, "apps">[]): readonly AppCase[] {
  if (policies.every(({ apps }) => apps.size === 0)) return [];
  const clients = [...new Set(policies.flatMap(({ apps }) => [...apps.keys()]))].sort();
  const cases = clients.flatMap((client): AppCase[] => {
    const rows = policies.flatMap((policy) => rowsOf(policy, client));
    const scopes = [...new Set(rows.flatMap(({ scope }) => scope ?? []))].sort();
    return [
      { app: { client, scopes: [] }, names: [`client:${client}`] },
      ...scopes.map((scope) => ({
        app: { client, scopes: [scope] },
        names: [`client:${client} with ${scope}`],
      })),
    ];
  });
  return alike([{ app: OTHER, names: [OTHER_APPS] }, ...cases], policies);
}

/** The rows of a client. */
export function rowsOf({ apps }: Pick<Policy, "apps">, client: string): readonly PolicyAppRow[] {
  return [...(apps.get(client)?.values() ?? [])].flat();
}

/** Merges cases whose rows cover the same permissions in every policy. */
function alike(cases: readonly AppCase[], policies: readonly Pick<Policy, "apps">[]): readonly AppCase[] {
  const merged = new Map<string, AppCase>();
  for (const one of cases) {
    const key = JSON.stringify(policies.map((policy) => coveredPatterns(policy, one.app)));
    const known = merged.get(key);
    merged.set(key, known === undefined ? one : { ...known, names: [...known.names, ...one.names] });
  }
  return [...merged.values()];
}

/** Undefined if the policy has no `p3` rows, so that it covers everything. */
function coveredPatterns(policy: Pick<Policy, "apps">, { client, scopes }: App) {
  if (policy.apps.size === 0) return null;
  const rows = rowsOf(policy, client).filter(({ scope }) => scope === undefined || scopes.includes(scope));
  return [...new Set(rows.map(({ permission }) => permission))].sort();
}

/** A change, and the cases in which it happens. */
export interface CaseChange<T> {
  readonly change: T;
  /** Names of apps; empty if it happens whatever the app. */
  readonly apps: readonly string[];
}

/**
 * The changes of all cases, each once. A client that has a change without a scope is not named again with one.
 *
 * @param changesOf the changes of one case; of no app in particular where there are no cases
 */
export function changesOfCases<T>(
  cases: readonly AppCase[],
  changesOf: (app: App | undefined, isFirst: boolean) => Iterable<T>,
): readonly CaseChange<T>[] {
  if (cases.length === 0) return Array.from(changesOf(undefined, true), (change) => ({ change, apps: [] }));
  const found = new Map<string, { readonly change: T; readonly in: AppCase[] }>();
  for (const [index, one] of cases.entries()) {
    for (const change of changesOf(one.app, index === 0)) {
      const key = JSON.stringify(change);
      const known = found.get(key);
      if (known === undefined) found.set(key, { change, in: [one] });
      else known.in.push(one);
    }
  }
  return [...found.values()].map(({ change, in: own }) => ({
    change,
    apps: own.length === cases.length ? [] : withoutImplied(own.flatMap(({ names }) => names)),
  }));
}

function withoutImplied(names: readonly string[]): readonly string[] {
  const known = new Set(names);
  return names.filter((name) => !known.has(name.split(" with ")[0] ?? "") || !name.includes(" with "));
}
