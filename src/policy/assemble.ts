import { ClaimgateError } from "../errors.ts";
import type { CompiledPolicy, CompiledPolicyFile } from "./compile.ts";
import type { Condition } from "./condition.ts";
import { parseCondition } from "./condition.ts";
import { PUBLIC, patternsCovering } from "./permission.ts";
import type {
  AddressPolicy,
  AppRowsByPattern,
  DecisionRow,
  DecisionRowsBySubject,
  DirectoryGroupRow,
  LandingAddressRow,
  Policy,
  PolicyAppRow,
  PolicyRow,
  RouteEntry,
  SignUpAddressRow,
} from "./policy.ts";
import { followRoles } from "./roles.ts";
import { createRouteTable } from "./route-table.ts";
import type { Row } from "./row.ts";
import type { Subject } from "./subject.ts";
import { hasBraces, tenantGroup } from "./tenant-group.ts";

/** The part of a policy that functions need which decide on e-mail addresses only. */
type CompiledAddresses = Pick<CompiledPolicy, "version" | "files" | "rows">;

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

/** Builds the index over compiled rows. INVARIANT: every list is in canonical order and never changes afterwards. */
export function assembleCompiled(compiled: CompiledPolicy): Policy {
  const decisionRows = rowsOf(compiled, "p", decisionRow);
  const assigned = groupBy(rowsOf(compiled, "g"), first, ({ fields }) => subjectAt(fields, 1));
  const directRoles = new Map([...assigned].filter(([member]) => !hasBraces(member)));
  const routes = groupBy(rowsOf(compiled, "g2"), first, ({ fields }) => fields[1] ?? "");
  const rolesAfter = (subject: string) => directRoles.get(subject) ?? [];
  const byPattern = rowsByPattern(decisionRows);
  const conditions = conditionsByText(decisionRows);
  const appRows = rowsOf(compiled, "p3", appRow);
  return {
    ...assembleAddresses(compiled),
    model: compiled.model,
    decisionRows,
    directoryRows: rowsOf(
      compiled,
      "g4",
      (row): DirectoryGroupRow => ({ ...row, source: first(row), group: groupAt(row) }),
    ),
    conditions,
    conditionClaims: [...new Set([...conditions.values()].flat().flatMap(({ claim }) => claim ?? []))].sort(),
    comparesAge: [...conditions.values()].flat().some(({ maxAge }) => maxAge !== undefined),
    directRoles,
    rolesOf: new Map(
      [...directRoles].map(([member, roles]) => [member, [...followRoles(roles, rolesAfter)].sort()]),
    ),
    tenantRoles: [...assigned].flatMap(([member, roles]) => {
      const group = tenantGroup(member as Subject);
      if (group === undefined) return [];
      return [{ ...group, directRoles: roles, roles: [...followRoles(roles, rolesAfter)].sort() }];
    }),
    routeEntries: new Map([...routes].map(([route, names]) => [route, routeEntry(names, byPattern)])),
    rowsByPattern: byPattern,
    routes: createRouteTable(routes.keys()),
    apps: appsOf(appRows),
    appScopes: [...new Set(appRows.flatMap(({ scope }) => scope ?? []))].sort(),
  };
}

/** Only the `p2` and `g3` rows. */
export function assembleAddresses(compiled: CompiledAddresses): AddressPolicy {
  return {
    version: compiled.version,
    signUpRows: rowsOf(
      compiled,
      "p2",
      (row): SignUpAddressRow => ({ ...row, pattern: first(row), effect: effectAt(row.fields, 1) }),
    ),
    landingRows: rowsOf(
      compiled,
      "g3",
      (row): LandingAddressRow => ({
        ...row,
        pattern: first(row),
        group: groupAt(row),
      }),
    ),
  };
}

function rowsOf(compiled: CompiledAddresses, type: Row["type"]): PolicyRow[];
function rowsOf<T>(compiled: CompiledAddresses, type: Row["type"], read: (row: PolicyRow) => T): T[];
function rowsOf<T>(
  { files, rows }: CompiledAddresses,
  type: Row["type"],
  read?: (row: PolicyRow) => T,
): (T | PolicyRow)[] {
  const found: (T | PolicyRow)[] = [];
  for (const [ordinal, compiled] of rows.entries()) {
    if (compiled[0] !== type) continue;
    const fields = compiled.slice(3) as string[];
    const row: PolicyRow = { file: files[compiled[1]] ?? "", line: compiled[2], fields, ordinal };
    found.push(read === undefined ? row : read(row));
  }
  return found;
}

const first = ({ fields }: PolicyRow) => fields[0] ?? "";

/** The name of the group in the second column. */
const groupAt = ({ fields }: PolicyRow) => (fields[1] ?? "").slice("group:".length);

/** The parser checked compiled rows, so this field is a subject. */
const subjectAt = (fields: readonly string[], index: number) => (fields[index] ?? "") as Subject;

/** Anything but `allow` counts as deny, although no compiled row contains anything else. */
const effectAt = (fields: readonly string[], index: number) => (fields[index] === "allow" ? "allow" : "deny");

function decisionRow({ file, line, fields, ordinal }: PolicyRow): DecisionRow {
  const [subject = "", permission = "", effect = "", condition = ""] = fields;
  return {
    file,
    line,
    fields,
    ordinal,
    subject: subjectAt(fields, 0),
    permission,
    effect: effectAt(fields, 2),
    condition: condition === "" ? undefined : conditionOf(condition),
    columns: [subject, permission, effect, condition],
  };
}

function appRow(row: PolicyRow): PolicyAppRow {
  const [client = "", permission = "", scope] = row.fields;
  return { ...row, client: client.slice("client:".length), permission, scope };
}

function appsOf(rows: readonly PolicyAppRow[]): ReadonlyMap<string, AppRowsByPattern> {
  const byClient = groupBy(
    rows,
    ({ client }) => client,
    (row) => row,
  );
  return new Map(
    [...byClient].map(([client, own]) => [
      client,
      groupBy(
        own,
        ({ permission }) => permission,
        (row) => row,
      ),
    ]),
  );
}

/**
 * @throws ClaimgateError `policy_invalid`: without its condition the row would be unconditional
 */
function conditionOf(text: string): Condition {
  const parsed = parseCondition(text);
  if ("condition" in parsed) return parsed.condition;
  throw new ClaimgateError("policy_invalid", `a compiled row has the invalid condition \`${text}\``);
}

function groupBy<T, V>(
  items: readonly T[],
  keyOf: (item: T) => string,
  valueFrom: (item: T) => V,
): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [valueFrom(item)]);
    else group.push(valueFrom(item));
  }
  return groups;
}

function conditionsByText(rows: readonly DecisionRow[]): ReadonlyMap<string, Condition> {
  return new Map(
    rows.flatMap(({ columns, condition }) =>
      condition === undefined ? [] : [[columns[3] ?? "", condition]],
    ),
  );
}

function rowsByPattern(rows: readonly DecisionRow[]): ReadonlyMap<string, DecisionRowsBySubject> {
  const patterns = groupBy(
    rows,
    (row) => row.permission,
    (row) => row,
  );
  return new Map(
    [...patterns].map(([pattern, group]) => [
      pattern,
      groupBy(
        group,
        (row) => row.subject,
        (row) => row,
      ),
    ]),
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
