import { ClaimgateError } from "../errors.ts";
import { assignedRoles } from "./assigned-roles.ts";
import type { CompiledPolicy, CompiledPolicyFile } from "./compile.ts";
import type { CompiledAddresses } from "./compiled-addresses.ts";
import { conditionsOf, decisionRowsOf } from "./decision-rows.ts";
import { groupBy } from "./group-by.ts";
import {
  byKey,
  INDEXED,
  type IndexedPolicy,
  type IndexedRow,
  indexedPolicy,
  namesIn,
  rowsOf,
} from "./indexed-policy.ts";
import { LazyMap } from "./lazy-map.ts";
import { once } from "./once.ts";
import { PUBLIC, patternsCovering } from "./permission.ts";
import type {
  AddressPolicy,
  AppRowsByPattern,
  DecisionRowsBySubject,
  DirectoryGroupRow,
  LandingAddressRow,
  Policy,
  PolicyAppRow,
  PolicyRow,
  RouteEntry,
  SignUpAddressRow,
} from "./policy.ts";
import { createRouteTable } from "./route-table.ts";
import type { Subject } from "./subject.ts";

/**
 * The policy of a compiled file: reads no file and parses no CSV. It checks that the data are rows, not what the rows
 * say, which was checked when they were compiled.
 *
 * @throws ClaimgateError `policy_invalid` if the data are not a compiled policy
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { assemblePolicy } from "claimgate/policy";
 *
 * export const policy = assemblePolicy(JSON.parse(readFileSync("src/policy.json", "utf8")));
 */
export function assemblePolicy(file: CompiledPolicyFile): Policy {
  if (isCompiled(file)) return assembleCompiled(file);
  throw new ClaimgateError(
    "policy_invalid",
    "the data are not a compiled policy; expected what `compilePolicy` returns or `claimgate compile` writes",
  );
}

/** Other data would have no rows, and a policy without its deny rows allows. */
function isCompiled(file: CompiledPolicyFile): file is CompiledPolicy {
  const { model, files, rows } = file;
  return typeof model === "string" && Array.isArray(files) && Array.isArray(rows) && rows.every(isRow);
}

function isRow(row: unknown): boolean {
  if (!Array.isArray(row)) return false;
  const [type, file, line, ...fields] = row as readonly unknown[];
  const placed = Number.isInteger(file) && Number.isInteger(line);
  return typeof type === "string" && placed && fields.every((field) => typeof field === "string");
}

/** @throws ClaimgateError `policy_invalid` for a condition that does not parse */
export function assembleCompiled(compiled: CompiledPolicy): Policy {
  return assembleIndexed(indexedPolicy(compiled));
}

/**
 * Rows, roles and routes are built when they are first asked for (docs/adr/0093-cold-start.md). INVARIANT: every list
 * is in canonical order and never changes afterwards.
 *
 * @throws ClaimgateError `policy_invalid` for a condition that does not parse, and for a form of another claimgate
 */
export function assembleIndexed(indexed: IndexedPolicy): Policy {
  // A row that is read as another one may allow.
  if (indexed.indexed !== INDEXED) throw new ClaimgateError("policy_invalid", OTHER_FORM);
  const { others } = indexed;
  const conditions = conditionsOf(indexed);
  const atoms = [...conditions.values()].flat();
  const rowsByPattern = decisionRowsOf(indexed, conditions);
  const routes = byKey(indexed.routes);
  const appRows = others.p3.map((row) => appRow(rowAt(indexed, row)));
  const addresses = once(() => addressesAt(indexed, others));
  const decisionRows = once(() =>
    [...rowsByPattern.values()].flatMap((rows) => [...rows.values()].flat()).sort(byOrdinal),
  );
  const directoryRows = once(() => others.g4.map((row) => directoryRow(rowAt(indexed, row))));
  return {
    version: indexed.version,
    model: indexed.model,
    get signUpRows() {
      return addresses().signUpRows;
    },
    get landingRows() {
      return addresses().landingRows;
    },
    get decisionRows() {
      return decisionRows();
    },
    get directoryRows() {
      return directoryRows();
    },
    conditions,
    conditionClaims: [...new Set(atoms.flatMap(({ claim }) => claim ?? []))].sort(),
    comparesAge: atoms.some(({ maxAge }) => maxAge !== undefined),
    decisionSubjects: new Set(indexed.subjects),
    ...assignedRoles(byKey(indexed.members), (roles) => namesIn(roles) as Subject[]),
    routeEntries: new LazyMap(routes, (names) => routeEntry(namesIn(names), rowsByPattern)),
    rowsByPattern,
    routes: createRouteTable(routes.keys()),
    apps: appsOf(appRows),
    appScopes: [...new Set(appRows.flatMap(({ scope }) => scope ?? []))].sort(),
  };
}

const OTHER_FORM = "the packaged policy is of another version of claimgate: package it again";

/** Only the `p2` and `g3` rows. */
export function assembleAddresses(compiled: CompiledAddresses): AddressPolicy {
  const rows = { p2: rowsOf("p2", compiled.rows), g3: rowsOf("g3", compiled.rows) };
  return { version: compiled.version, ...addressesAt(compiled, rows) };
}

function rowAt(
  { files }: Pick<CompiledAddresses, "files">,
  [ordinal, file, line, ...fields]: IndexedRow,
): PolicyRow {
  return { file: files[file] ?? "", line, fields, ordinal };
}

function addressesAt(
  from: Pick<CompiledAddresses, "files">,
  { p2, g3 }: Pick<IndexedPolicy["others"], "p2" | "g3">,
): Pick<AddressPolicy, "signUpRows" | "landingRows"> {
  return {
    signUpRows: p2.map((indexed): SignUpAddressRow => {
      const row = rowAt(from, indexed);
      return { ...row, pattern: first(row), effect: row.fields[1] === "allow" ? "allow" : "deny" };
    }),
    landingRows: g3.map((indexed): LandingAddressRow => {
      const row = rowAt(from, indexed);
      return { ...row, pattern: first(row), group: groupAt(row) };
    }),
  };
}

const first = ({ fields }: PolicyRow) => fields[0] ?? "";

/** The name of the group in the second column. */
const groupAt = ({ fields }: PolicyRow) => (fields[1] ?? "").slice("group:".length);

const byOrdinal = (a: PolicyRow, b: PolicyRow) => a.ordinal - b.ordinal;

const directoryRow = (row: PolicyRow): DirectoryGroupRow => ({
  ...row,
  source: first(row),
  group: groupAt(row),
});

function appRow(row: PolicyRow): PolicyAppRow {
  const [client = "", permission = "", scope] = row.fields;
  return { ...row, client: client.slice("client:".length), permission, scope };
}

function appsOf(rows: readonly PolicyAppRow[]): ReadonlyMap<string, AppRowsByPattern> {
  const byClient = groupBy(rows, ({ client }) => client);
  return new Map(
    [...byClient].map(([client, own]) => [client, groupBy(own, ({ permission }) => permission)]),
  );
}

/** What the policy says about the permissions of one route; `names` may contain `public`, which is not a permission. */
export function routeEntry(
  names: readonly string[],
  byPattern: ReadonlyMap<string, DecisionRowsBySubject>,
): RouteEntry {
  const permissions = names.filter((name) => name !== PUBLIC);
  const covering = new Set(permissions.flatMap(patternsCovering));
  return { permissions, covering, rows: [...covering].flatMap((pattern) => byPattern.get(pattern) ?? []) };
}
