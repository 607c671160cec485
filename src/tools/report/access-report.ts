import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import type { Access } from "../access/access.ts";
import { accessHolders } from "../access/access-holders.ts";
import { accessOfHolders } from "../access/access-of-holders.ts";
import { limitedApps } from "../access/app-access.ts";
import { rowsOf } from "../access/app-cases.ts";
import { directorySources } from "../access/directory-sources.ts";
import { everHeld, NOTHING } from "../access/holdings.ts";
import { type MatrixLimits, namePattern, subjectPattern } from "../access/name-pattern.ts";
import { byKind, namedSubjects } from "../access/named-subjects.ts";
import { byName, byPath } from "../access/route-order.ts";
import { accessOnBehalf, namedUsersThroughApps } from "../access/users-through-apps.ts";
import type { LineFinding } from "../findings/finding.ts";
import { factsOf } from "../lint/policy-facts.ts";
import { type ReportedRow, reportedRows } from "./reported-rows.ts";
import type { RoleGraph } from "./role-layout.ts";

/** A subject that may hold permissions: a column of the matrix. */
export interface Holder {
  readonly subject: Subject;
  /** All its roles except itself; sorted. */
  readonly roles: readonly Subject[];
  readonly description: string | undefined;
  /** For a group that `g4` rows fill: the groups of directories whose members count as its members. */
  readonly sources: readonly string[];
}

export interface RouteReport {
  readonly name: string;
  /** Empty for a public route. */
  readonly permissions: readonly string[];
  readonly isPublic: boolean;
  /** Deny rows first, then in canonical order. */
  readonly rows: readonly ReportedRow[];
  /** One for each subject, in the same order. */
  readonly access: readonly Access[];
}

/** A `p3` row. */
export interface AppReport {
  readonly client: string;
  readonly permission: string;
  readonly scope: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** What apps may do on behalf of their users. */
export interface AppsReport {
  readonly rows: readonly AppReport[];
  /** Without `client:`, sorted. */
  readonly clients: readonly string[];
  /** The routes that need a token, with the users who may call them through each of `clients`. */
  readonly routes: readonly {
    readonly name: string;
    readonly through: readonly (readonly { readonly user: Subject; readonly access: Access }[])[];
  }[];
}

/** The coverage of the policy by its tests. */
export interface CoverageReport {
  /** Decisions and invariants of the tests. */
  readonly passed: number;
  readonly failed: number;
  readonly covered: number;
  readonly total: number;
  /** Of 100. */
  readonly percent: number;
  readonly uncovered: readonly { readonly file: string; readonly line: number; readonly row: string }[];
}

/** The content of a report on a policy. */
export interface AccessReport {
  readonly policyVersion: string;
  readonly limits: MatrixLimits;
  readonly holders: readonly Holder[];
  readonly routes: readonly RouteReport[];
  /** The subjects that have a role or are an assigned role, and those at the other end. */
  readonly roleGraph: RoleGraph;
  readonly findings: readonly LineFinding[];
  readonly coverage: CoverageReport | undefined;
  /** Undefined if the policy limits no app. */
  readonly apps?: AppsReport | undefined;
}

export interface ReportInput {
  readonly policy: Policy;
  readonly rows: readonly Row[];
  readonly findings: readonly LineFinding[];
  /** Group -> its description. */
  readonly descriptions: ReadonlyMap<string, string>;
  readonly coverage: CoverageReport | undefined;
  /** The routes and subjects to show; the findings and the tests always cover the whole policy. */
  readonly limits?: MatrixLimits;
}

/** Computes the report. Pure: the same policy gives the same report. */
export function accessReport(input: ReportInput): AccessReport {
  const { policy, rows, findings, descriptions, coverage, limits = {} } = input;
  const isRow = namePattern(limits.rows);
  const isColumn = subjectPattern(limits.columns);
  const { roleRows } = factsOf(rows);
  const held = new Map(accessHolders(policy).map((one) => [one.subject, one.held]));
  const subjects = holdersOf(policy).filter(isColumn);
  const holdings = subjects.map((subject) => held.get(subject) ?? NOTHING);
  const shown = new Set(limits.columns === undefined ? [] : holdings.flatMap((one) => [...everHeld(one)]));
  const rowsAbout = reportedRows(policy, (subject) => limits.columns === undefined || shown.has(subject));
  const accessTo = accessOfHolders(policy, holdings);
  const sources = new Map(directorySources(policy).map((one) => [one.group, one.sources]));
  const names = [...policy.routeEntries.keys()].filter(isRow).sort(byPath);
  const edges = roleRows
    .map(({ member, role }) => [member, role] as const)
    .filter((ends) => ends.some(isColumn));
  return {
    policyVersion: policy.version,
    limits,
    holders: subjects.map((subject) => ({
      subject,
      roles: rolesAfter(policy, subject).filter((role) => role !== subject),
      description: subject.startsWith("group:")
        ? descriptions.get(subject.slice("group:".length))
        : undefined,
      sources: sources.get(subject) ?? [],
    })),
    routes: names.map((name) => ({
      name,
      permissions: policy.routeEntries.get(name)?.permissions ?? [],
      isPublic: policy.routeEntries.get(name)?.permissions.length === 0,
      rows: rowsAbout(name),
      access: accessTo({ route: name }),
    })),
    roleGraph: { nodes: edges.flat(), edges },
    findings,
    coverage,
    apps: appsOf(policy, names, isColumn),
  };
}

function appsOf(
  policy: Policy,
  names: readonly string[],
  isColumn: (subject: Subject) => boolean,
): AppsReport | undefined {
  if (policy.apps.size === 0) return undefined;
  const users = namedUsersThroughApps(policy).filter(({ user }) => isColumn(user));
  const clients = limitedApps(policy);
  const through = (route: string, client: string) =>
    users
      .filter((one) => one.client === client)
      .map((one) => ({ user: one.user, access: accessOnBehalf(policy, { route }, one) }))
      .filter(({ access: { kind } }) => kind === "allowed" || kind === "conditional");
  return {
    rows: clients.flatMap((client) => rowsOf(policy, client)),
    clients,
    routes: names
      .filter((route) => policy.routeEntries.get(route)?.permissions.length !== 0)
      .map((route) => ({ name: route, through: clients.map((client) => through(route, client)) })),
  };
}

/** All subjects of `p` and `g` rows, the two built-in roles first. */
function holdersOf(policy: Policy): readonly Subject[] {
  const builtIn = (subject: Subject) => (subject === AUTHENTICATED || subject === MACHINE ? 0 : 1);
  return [...namedSubjects(policy)].sort(
    (a, b) => byKind(a, b) || builtIn(a) - builtIn(b) || byName.compare(a, b),
  );
}

/** The roles that follow from a subject as a row spells it, a group of each tenant included. */
function rolesAfter(policy: Policy, subject: Subject): readonly Subject[] {
  const ofTenants = policy.tenantRoles.find(({ member }) => member === subject)?.roles;
  return policy.rolesOf.get(subject) ?? ofTenants ?? [];
}
