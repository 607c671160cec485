import { ClaimgateError } from "../errors.ts";
import type { CompiledPolicy, CompiledPolicyFile, CompiledRow } from "./compile.ts";
import type { Condition } from "./condition.ts";
import { parseCondition } from "./condition.ts";
import { LazyMap } from "./lazy-map.ts";
import { once } from "./once.ts";
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

/**
 * Indexes compiled rows by their places. Rows, roles and routes are built from there when they are first asked for
 * (docs/adr/0093-cold-start.md). INVARIANT: every list is in canonical order and never changes afterwards.
 *
 * @throws ClaimgateError `policy_invalid` for a condition that does not parse
 */
export function assembleCompiled(compiled: CompiledPolicy): Policy {
  const { rows } = compiled;
  const places = placesByType(compiled);
  const decisions = createDecisionRows(compiled, places.p);
  const { conditions, rowsByPattern } = decisions;
  const atoms = [...conditions.values()].flat();
  const assigned = groupPlaces(compiled, places.g, 0);
  const rolesAt = (members: readonly number[]) => members.map((place) => subjectIn(rows[place], 1));
  const direct = new Map([...assigned].filter(([member]) => !hasBraces(member)));
  const directRoles = new LazyMap(direct, rolesAt);
  const followed = (roles: readonly Subject[]) =>
    [...followRoles(roles, (subject) => directRoles.get(subject) ?? [])].sort();
  const routes = groupPlaces(compiled, places.g2, 0);
  const appRows = places.p3.map((place) => appRow(rowAt(compiled, place)));
  const addresses = once(() => addressesAt(compiled, places));
  const directoryRows = once(() => places.g4.map((place) => directoryRow(rowAt(compiled, place))));
  return {
    version: compiled.version,
    model: compiled.model,
    get signUpRows() {
      return addresses().signUpRows;
    },
    get landingRows() {
      return addresses().landingRows;
    },
    get decisionRows() {
      return decisions.all();
    },
    get directoryRows() {
      return directoryRows();
    },
    conditions,
    conditionClaims: [...new Set(atoms.flatMap(({ claim }) => claim ?? []))].sort(),
    comparesAge: atoms.some(({ maxAge }) => maxAge !== undefined),
    decisionSubjects: decisions.subjects,
    directRoles,
    rolesOf: new LazyMap(direct, (_, member) => followed(directRoles.get(member) ?? [])),
    tenantRoles: [...assigned].flatMap(([member, members]) => {
      const group = tenantGroup(member as Subject);
      if (group === undefined) return [];
      const roles = rolesAt(members);
      return [{ ...group, directRoles: roles, roles: followed(roles) }];
    }),
    routeEntries: new LazyMap(routes, (names) =>
      routeEntry(
        names.map((place) => fieldIn(rows[place], 1)),
        rowsByPattern,
      ),
    ),
    rowsByPattern,
    routes: createRouteTable(routes.keys()),
    apps: appsOf(appRows),
    appScopes: [...new Set(appRows.flatMap(({ scope }) => scope ?? []))].sort(),
  };
}

/** Only the `p2` and `g3` rows. */
export function assembleAddresses(compiled: CompiledAddresses): AddressPolicy {
  return { version: compiled.version, ...addressesAt(compiled, placesByType(compiled)) };
}

/** The places of the rows of each type, in canonical order. */
type PlacesByType = Readonly<Record<Row["type"], readonly number[]>>;

function placesByType({ rows }: CompiledAddresses): PlacesByType {
  const places: Record<Row["type"], number[]> = { p: [], g: [], g2: [], p2: [], g3: [], g4: [], p3: [] };
  // By number: a cold start runs this for each row before V8 optimises anything.
  for (let place = 0; place < rows.length; place += 1) {
    const type = rows[place]?.[0];
    // A row of another type is of a later claimgate; `assemblePolicy` reads such files.
    if (type !== undefined && Object.hasOwn(places, type)) places[type].push(place);
  }
  return places;
}

/** The places by the text in one column. */
function groupPlaces(
  { rows }: CompiledAddresses,
  places: readonly number[],
  column: number,
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  // Without a function for each row: a cold start runs this before V8 optimises anything.
  const at = column + FIRST_FIELD;
  for (const place of places) {
    const key = (rows[place]?.[at] ?? "") as string;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return groups;
}

/** The fields of a row follow type, file and line. */
const FIRST_FIELD = 3;

/** A field of a row. */
const fieldIn = (row: CompiledRow | undefined, column: number) => String(row?.[column + FIRST_FIELD] ?? "");

/** The parser checked compiled rows, so this field is a subject. */
const subjectIn = (row: CompiledRow | undefined, column: number) => fieldIn(row, column) as Subject;

function rowAt({ files, rows }: CompiledAddresses, place: number): PolicyRow {
  const [, file = 0, line = 0, ...fields] = rows[place] ?? [];
  return { file: files[file] ?? "", line, fields, ordinal: place };
}

function addressesAt(
  compiled: CompiledAddresses,
  { p2, g3 }: PlacesByType,
): Pick<AddressPolicy, "signUpRows" | "landingRows"> {
  return {
    signUpRows: p2.map((place): SignUpAddressRow => {
      const row = rowAt(compiled, place);
      return { ...row, pattern: first(row), effect: effectAt(row.fields, 1) };
    }),
    landingRows: g3.map((place): LandingAddressRow => {
      const row = rowAt(compiled, place);
      return { ...row, pattern: first(row), group: groupAt(row) };
    }),
  };
}

const first = ({ fields }: PolicyRow) => fields[0] ?? "";

/** The name of the group in the second column. */
const groupAt = ({ fields }: PolicyRow) => (fields[1] ?? "").slice("group:".length);

/** Anything but `allow` counts as deny, although no compiled row contains anything else. */
const effectAt = (fields: readonly string[], index: number) => (fields[index] === "allow" ? "allow" : "deny");

/** The `p` rows of a policy. */
interface DecisionRows {
  /** Every row, built by the first call. */
  readonly all: () => readonly DecisionRow[];
  readonly rowsByPattern: ReadonlyMap<string, DecisionRowsBySubject>;
  readonly subjects: ReadonlySet<string>;
  readonly conditions: ReadonlyMap<string, Condition>;
}

function createDecisionRows(compiled: CompiledPolicy, places: readonly number[]): DecisionRows {
  const { rows } = compiled;
  const conditions = new Map<string, Condition>();
  const subjects = new Set<string>();
  for (const place of places) {
    const row = rows[place];
    subjects.add((row?.[FIRST_FIELD] ?? "") as string);
    const text = (row?.[FIRST_FIELD + 3] ?? "") as string;
    if (text !== "" && !conditions.has(text)) conditions.set(text, conditionOf(text));
  }
  const built = new Map<number, DecisionRow>();
  const at = (place: number) => {
    const kept = built.get(place);
    if (kept !== undefined) return kept;
    const row = decisionRow(rowAt(compiled, place), conditions);
    built.set(place, row);
    return row;
  };
  return {
    all: once(() => places.map(at)),
    rowsByPattern: new LazyMap(groupPlaces(compiled, places, 1), (own) =>
      groupBy(own.map(at), (row) => row.subject),
    ),
    subjects,
    conditions,
  };
}

function decisionRow(row: PolicyRow, conditions: ReadonlyMap<string, Condition>): DecisionRow {
  const [subject = "", permission = "", effect = "", condition = ""] = row.fields;
  return {
    file: row.file,
    line: row.line,
    fields: row.fields,
    ordinal: row.ordinal,
    subject: subject as Subject,
    permission,
    effect: effectAt(row.fields, 2),
    condition: conditions.get(condition),
    columns: [subject, permission, effect, condition],
  };
}

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

/**
 * @throws ClaimgateError `policy_invalid`: without its condition the row would be unconditional
 */
function conditionOf(text: string): Condition {
  const parsed = parseCondition(text);
  if ("condition" in parsed) return parsed.condition;
  throw new ClaimgateError("policy_invalid", `a compiled row has the invalid condition \`${text}\``);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
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
