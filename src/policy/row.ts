import type { Condition } from "./condition.ts";
import type { Subject } from "./subject.ts";

export type Effect = "allow" | "deny";

/** What every row has: where it stands and how it is spelled. */
interface Placed {
  readonly file: string;
  readonly line: number;
  /** The fields after the row type, unquoted: what casbin gets. */
  readonly fields: readonly string[];
  /** Where each of the fields starts, counted from 1. */
  readonly columns: readonly number[];
  /** How long each of the fields is as it is written, with its quotes. */
  readonly lengths: readonly number[];
  /** The canonical spelling: row type and fields, joined by `, `, quoted where needed. */
  readonly text: string;
}

/** `p, subject, permission, effect[, condition]` */
export interface PermissionRow extends Placed {
  readonly type: "p";
  readonly subject: Subject;
  readonly permission: string;
  readonly effect: Effect;
  readonly condition: Condition | undefined;
}

/** `g, member, role` */
export interface RoleRow extends Placed {
  readonly type: "g";
  readonly member: Subject;
  readonly role: Subject;
}

/** `g2, route, permission`; the permission may be `public` */
export interface RouteRow extends Placed {
  readonly type: "g2";
  readonly route: string;
  readonly permission: string;
}

/** `p2, pattern, effect` */
export interface SignUpRow extends Placed {
  readonly type: "p2";
  readonly pattern: string;
  readonly effect: Effect;
}

/** `g3, pattern, group` */
export interface LandingRow extends Placed {
  readonly type: "g3";
  readonly pattern: string;
  /** The group's name without `group:`. */
  readonly group: string;
}

export type Row = PermissionRow | RoleRow | RouteRow | SignUpRow | LandingRow;

export type RowType = Row["type"];
