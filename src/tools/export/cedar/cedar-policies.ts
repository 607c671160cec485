import type { DecisionRow, Policy, PolicyAppRow, PolicyRow } from "../../../policy/policy.ts";
import { describeRow } from "../../../policy/row-description.ts";
import { AUTHENTICATED, MACHINE } from "../../../policy/subject.ts";
import { rowsOf } from "../../access/app-cases.ts";
import { commonPattern } from "./actions.ts";
import { cedarString } from "./cedar-text.ts";
import { inTenant, isApp, maybeInTenant, whenFalse, whenTrue } from "./conditions.ts";
import { type Principal, principalsOf } from "./principals.ts";

/** A row of the policy, as people find it. */
interface ExportedRow {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The row in its canonical spelling. */
  readonly row: string;
}

/** One policy in Cedar. */
export interface CedarPolicy {
  /** The places of its rows: `policies/roles.csv:12`; with the row of the app where there is one. */
  readonly id: string;
  /** Empty, or which part of the row's policy it is, where the whole would be too large: `#1`. */
  readonly part: string;
  readonly effect: "permit" | "forbid";
  /** The `p` row, and the `p3` row of the app. */
  readonly rows: readonly ExportedRow[];
  readonly text: string;
}

/** A row that is not in the export, and why. */
export interface SkippedRow extends ExportedRow {
  readonly reason: string;
}

export interface CedarPolicies {
  readonly policies: readonly CedarPolicy[];
  /** Rows without an effect. */
  readonly without: readonly SkippedRow[];
  /** Rows that cannot be said. */
  readonly refused: readonly SkippedRow[];
}

/** The largest policy that Verified Permissions takes by default, in bytes (user guide, "Quotas"). */
const LARGEST_POLICY = 10_000;

/**
 * A policy for each `p` row. Where the policy has `p3` rows, an allow row has one for each row of an app that covers a
 * part of its permission, and one for machines: an app needs both rows for the same permission.
 */
export function cedarPolicies(policy: Policy, namespace: string): CedarPolicies {
  const apps = [...policy.apps.keys()].flatMap((client) => rowsOf(policy, client)).sort(byOrdinal);
  const [policies, without, refused]: [CedarPolicy[], SkippedRow[], SkippedRow[]] = [[], [], []];
  const used = new Set<PolicyAppRow>();
  for (const row of policy.decisionRows) {
    const principals = principalsOf(policy, row.subject);
    const drafts = draftsOf(row, principals, apps);
    for (const { app } of drafts) if (app !== undefined) used.add(app);
    const written = drafts.flatMap((draft) => fitting(draft, namespace));
    if (written.includes(undefined)) refused.push({ ...exported("p", row), reason: TOO_LARGE });
    for (const one of written) if (one !== undefined) policies.push(one);
    if (drafts.length === 0) {
      const reason = principals.length === 0 ? `no token has \`${row.subject}\`` : "no app may use it";
      without.push({ ...exported("p", row), reason });
    }
  }
  for (const row of apps) {
    if (!used.has(row))
      without.push({ ...exported("p3", row), reason: "no user is allowed anything that it covers" });
  }
  return { policies, without, refused };
}

const TOO_LARGE = `its condition alone is longer than ${LARGEST_POLICY.toLocaleString("en-US")} bytes, which Verified Permissions does not take; split the row into several`;

/** What a policy is written from. */
interface Draft {
  readonly row: DecisionRow;
  readonly principals: readonly Principal[];
  readonly app: PolicyAppRow | undefined;
  /** The permission, or the pattern, that both rows cover. */
  readonly pattern: string;
}

function draftsOf(
  row: DecisionRow,
  principals: readonly Principal[],
  apps: readonly PolicyAppRow[],
): readonly Draft[] {
  if (principals.length === 0) return [];
  const whole = { row, app: undefined, pattern: row.permission };
  if (row.effect === "deny" || apps.length === 0) return [{ ...whole, principals }];
  const machines = principals.filter(({ kind }) => kind === MACHINE);
  const users = principals.filter(({ kind }) => kind === AUTHENTICATED);
  const ofApps = apps.flatMap((app): Draft[] => {
    const pattern = commonPattern(row.permission, app.permission);
    return pattern === undefined || users.length === 0 ? [] : [{ row, app, pattern, principals: users }];
  });
  return machines.length === 0 ? ofApps : [{ ...whole, principals: machines }, ...ofApps];
}

/** The policy, or several with a part of the principals each; undefined if one with a single principal is too large. */
function fitting(draft: Draft, namespace: string, part = ""): readonly (CedarPolicy | undefined)[] {
  const one = policyOf(draft, namespace, part);
  if (Buffer.byteLength(one.text) <= LARGEST_POLICY) return [one];
  const { principals } = draft;
  const half = Math.ceil(principals.length / 2);
  if (principals.length === 1) return [undefined];
  return [principals.slice(0, half), principals.slice(half)].flatMap((some, index) =>
    fitting({ ...draft, principals: some }, namespace, `${part}${part === "" ? "#" : "."}${index + 1}`),
  );
}

function policyOf(draft: Draft, namespace: string, part: string): CedarPolicy {
  const { row, app, pattern, principals } = draft;
  const rows = [exported("p", row), ...(app === undefined ? [] : [exported("p3", app)])];
  const id = `${rows.map(({ file, line }) => `${file}:${line}`).join(" ")}${part}`;
  const effect = row.effect === "allow" ? "permit" : "forbid";
  const type = (name: string) => `${namespace}::${name}`;
  const terms = termsOf(principals, type, effect);
  const scope = terms.length === 1 ? terms[0]?.scope : undefined;
  const clauses = [
    ...(scope === undefined ? [`when { ${terms.map(({ text }) => text).join(" || ")} }`] : []),
    ...(app === undefined ? [] : [`when { ${isApp(app.client, app.scope)} }`]),
    ...(row.condition ?? []).map((atom) =>
      effect === "permit" ? `when { ${whenTrue(atom)} }` : `unless { ${whenFalse(atom)} }`,
    ),
  ];
  const lines = [
    `@id(${cedarString(id)})`,
    `@row(${cedarString(rows[0]?.row ?? "")})`,
    ...(app === undefined ? [] : [`@app(${cedarString(rows[1]?.row ?? "")})`]),
    `${effect} (`,
    `  ${scope ?? "principal"},`,
    `  action in ${type("Action")}::${cedarString(pattern)},`,
    "  resource",
    ")",
    ...clauses,
  ];
  return { id, part, effect, rows, text: `${lines.join("\n")};\n` };
}

interface Term {
  readonly text: string;
  /** The same as the scope of a policy, if it can be one. */
  readonly scope?: string;
}

/** Conditions of which one holds for each principal. */
function termsOf(
  principals: readonly Principal[],
  type: (name: string) => string,
  effect: CedarPolicy["effect"],
): readonly Term[] {
  const entities = new Map<string, string[]>();
  const terms: Term[] = [];
  for (const one of principals) {
    if ("tenants" in one) {
      const test = effect === "permit" ? inTenant : maybeInTenant;
      // Only users have groups.
      terms.push({ text: `(principal is ${type("User")} && ${test(one.tenants)})` });
    } else if (one.subject === AUTHENTICATED) terms.push(same(`principal is ${type("User")}`));
    else if (one.subject === MACHINE) terms.push(same(`principal is ${type("Machine")}`));
    else {
      const colon = one.subject.indexOf(":");
      const name = ENTITIES[one.subject.slice(0, colon)] ?? "Group";
      const entity = `${type(name)}::${cedarString(one.subject.slice(colon + 1))}`;
      entities.set(name, [...(entities.get(name) ?? []), entity]);
    }
  }
  for (const [name, own] of entities) {
    const [first = "", ...others] = own;
    if (others.length > 0) terms.push({ text: `principal in [${own.join(", ")}]` });
    else terms.push(same(`principal ${name === "User" ? "==" : "in"} ${first}`));
  }
  return terms;
}

const ENTITIES: Readonly<Record<string, string>> = {
  group: "Group",
  user: "User",
  client: "Client",
  scope: "Scope",
};

function same(text: string): Term {
  return { text, scope: text };
}

function exported(type: "p" | "p3", row: PolicyRow): ExportedRow {
  const { file, line, row: text } = describeRow(type, row);
  return { file, line, row: text };
}

function byOrdinal(a: PolicyRow, b: PolicyRow): number {
  return a.ordinal - b.ordinal;
}
