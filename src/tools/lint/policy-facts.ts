import { addTo, groupBy } from "../../policy/group-by.ts";
import { PUBLIC, patternsCovering } from "../../policy/permission.ts";
import { byPlace } from "../../policy/place.ts";
import type {
  AppRow,
  DirectoryRow,
  LandingRow,
  PermissionRow,
  RoleRow,
  RouteRow,
  Row,
  SignUpRow,
} from "../../policy/row.ts";
import type { Subject } from "../../policy/subject.ts";
import { createHolding, type Holding } from "../access/holding.ts";

/** Facts about the rows that several rules use. Lists are in the order of file and line. */
export interface PolicyFacts {
  readonly permissionRows: readonly PermissionRow[];
  readonly roleRows: readonly RoleRow[];
  readonly routeRows: readonly RouteRow[];
  readonly signUpRows: readonly SignUpRow[];
  readonly landingRows: readonly LandingRow[];
  readonly appRows: readonly AppRow[];
  readonly directoryRows: readonly DirectoryRow[];
  /** Permissions that open some route. */
  readonly permissions: ReadonlySet<string>;
  /** The `g2` rows that a permission pattern opens; none for `public`. */
  readonly opened: (pattern: string) => readonly RouteRow[];
  /** `p` rows by their subject. */
  readonly rowsOfSubject: ReadonlyMap<Subject, readonly PermissionRow[]>;
  /** `g` rows by their member. */
  readonly rowsOfMember: ReadonlyMap<Subject, readonly RoleRow[]>;
  /** `g` rows by their role. */
  readonly rowsOfRole: ReadonlyMap<Subject, readonly RoleRow[]>;
  readonly holding: Holding;
}

const known = new WeakMap<readonly Row[], PolicyFacts>();

/** The facts of these rows, computed once per array so that every rule can ask for them. */
export function factsOf(rows: readonly Row[]): PolicyFacts {
  const found = known.get(rows);
  if (found !== undefined) return found;
  const facts = collectFacts(rows);
  known.set(rows, facts);
  return facts;
}

function collectFacts(unsorted: readonly Row[]): PolicyFacts {
  const rows = [...unsorted].sort(byPlace);
  const roleRows = rows.filter((row) => row.type === "g");
  const permissionRows = rows.filter((row) => row.type === "p");
  const routeRows = rows.filter((row) => row.type === "g2");
  const rowsOfMember = groupBy(roleRows, (row) => row.member);
  const opened = new Map<string, RouteRow[]>();
  for (const row of routeRows) {
    if (row.permission === PUBLIC) continue;
    for (const pattern of patternsCovering(row.permission)) addTo(opened, pattern, row);
  }
  return {
    permissionRows,
    roleRows,
    routeRows,
    signUpRows: rows.filter((row) => row.type === "p2"),
    landingRows: rows.filter((row) => row.type === "g3"),
    appRows: rows.filter((row) => row.type === "p3"),
    directoryRows: rows.filter((row) => row.type === "g4"),
    permissions: new Set(routeRows.map((row) => row.permission).filter((name) => name !== PUBLIC)),
    opened: (pattern) => opened.get(pattern) ?? [],
    rowsOfSubject: groupBy(permissionRows, (row) => row.subject),
    rowsOfMember,
    rowsOfRole: groupBy(roleRows, (row) => row.role),
    holding: createHolding(rowsOfMember),
  };
}
