import type { Condition } from "./condition.ts";
import type { RouteTable } from "./route-table.ts";
import type { Effect } from "./row.ts";
import type { Subject } from "./subject.ts";
import type { TenantGroup } from "./tenant-group.ts";

/** The place and spelling of a row. */
export interface PolicyRow {
  readonly file: string;
  readonly line: number;
  readonly fields: readonly string[];
  /** Its place in the canonical order of all rows. */
  readonly ordinal: number;
}

/** A `p` row, ready to decide with. */
export interface DecisionRow extends PolicyRow {
  readonly subject: Subject;
  readonly permission: string;
  readonly effect: Effect;
  readonly condition: Condition | undefined;
  /** The four columns of the model: a row without a condition has an empty last one. */
  readonly columns: string[];
}

/** A `p3` row: the client without its prefix. */
export interface PolicyAppRow extends PolicyRow {
  readonly client: string;
  readonly permission: string;
  /** Undefined if the app needs none. */
  readonly scope: string | undefined;
}

/** A `p2` row. */
export interface SignUpAddressRow extends PolicyRow {
  readonly pattern: string;
  readonly effect: Effect;
}

/** A `g3` row; the group's name without `group:`. */
export interface LandingAddressRow extends PolicyRow {
  readonly pattern: string;
  readonly group: string;
}

/** A `g4` row; the group's name without `group:`. */
export interface DirectoryGroupRow extends PolicyRow {
  /** `PROVIDER/VALUE`, with several pools `ALIAS/PROVIDER/VALUE`. */
  readonly source: string;
  readonly group: string;
}

/** The rows about e-mail addresses: all that pre-sign-up and post-confirmation need. */
export interface AddressPolicy {
  readonly version: string;
  readonly signUpRows: readonly SignUpAddressRow[];
  readonly landingRows: readonly LandingAddressRow[];
}

/** `p` rows of one permission pattern, by subject. */
export type DecisionRowsBySubject = ReadonlyMap<string, readonly DecisionRow[]>;

/** The `p3` rows of one client by the permission pattern that they name. */
export type AppRowsByPattern = ReadonlyMap<string, readonly PolicyAppRow[]>;

/** What the policy says about a route, independent of the request. */
export interface RouteEntry {
  /** Sorted; empty for a public route. */
  readonly permissions: readonly string[];
  /** The permission patterns that cover one of them: itself, `resource:*`, `*:action`, `*`. */
  readonly covering: ReadonlySet<string>;
  /** The rows of those patterns: every row that can match this route. */
  readonly rows: readonly DecisionRowsBySubject[];
}

/** `g` rows of one group of each tenant: the roles of its members in that tenant, sorted. */
export interface TenantRoles extends TenantGroup {
  readonly directRoles: readonly Subject[];
  /** Every role that follows, directly or not. */
  readonly roles: readonly Subject[];
}

/** A valid policy: immutable and complete. Built by `assemblePolicy`. */
export interface Policy extends AddressPolicy {
  /** The text of casbin's model. */
  readonly model: string;
  readonly decisionRows: readonly DecisionRow[];
  /** Only pre-token-generation reads them: a token has the groups that they give. */
  readonly directoryRows: readonly DirectoryGroupRow[];
  /** The subjects that `p` rows name. */
  readonly decisionSubjects: ReadonlySet<string>;
  /** The conditions of the rows by their text. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** The claims that conditions compare, sorted: besides its subjects, all of a token that a decision depends on. */
  readonly conditionClaims: readonly string[];
  /** Whether a condition compares the age of the sign-in, so that decisions depend on the time. */
  readonly comparesAge: boolean;
  /** `g` rows: member -> every role that follows from it, directly or not, sorted. */
  readonly rolesOf: ReadonlyMap<string, readonly Subject[]>;
  /** `g` rows: member -> its direct roles, sorted. */
  readonly directRoles: ReadonlyMap<string, readonly Subject[]>;
  /** `g` rows whose member has a placeholder; neither `rolesOf` nor `directRoles` has them. Empty in most policies. */
  readonly tenantRoles: readonly TenantRoles[];
  readonly routeEntries: ReadonlyMap<string, RouteEntry>;
  /** The `p` rows by the permission pattern that they name: `orders:read`, `orders:*`, `*:read`, `*`. */
  readonly rowsByPattern: ReadonlyMap<string, DecisionRowsBySubject>;
  readonly routes: RouteTable;
  /** The `p3` rows by client, without prefix. If there are none, apps may do everything that their users may. */
  readonly apps: ReadonlyMap<string, AppRowsByPattern>;
  /** The scopes that `p3` rows name, sorted. */
  readonly appScopes: readonly string[];
}
