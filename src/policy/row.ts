import type { Condition } from "./condition.ts";
import { columnIn } from "./csv.ts";
import type { Subject } from "./subject.ts";

export type Effect = "allow" | "deny";

/** What every row has: its place and its spelling. */
interface Placed {
  readonly file: string;
  readonly line: number;
  /** The fields after the row type, unquoted, as casbin gets them. */
  readonly fields: readonly string[];
  /** The column where each field starts, with its quote if it has one, counted from 1. */
  readonly columns: readonly number[];
  /** The length of each field in the file, quotes included. */
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

/** `p3, client, permission[, scope]` */
export interface AppRow extends Placed {
  readonly type: "p3";
  /** With its prefix, `client:web`. */
  readonly client: Subject;
  readonly permission: string;
  /** As in a token, without a prefix; undefined if the app needs none. */
  readonly scope: string | undefined;
}

/** `g4, provider/value, group` */
export interface DirectoryRow extends Placed {
  readonly type: "g4";
  /** `CorpSAML/Engineering`, with several pools `main/CorpSAML/Engineering`. */
  readonly source: string;
  /** The group's name without `group:`. */
  readonly group: string;
}

export type Row = PermissionRow | RoleRow | RouteRow | SignUpRow | LandingRow | AppRow | DirectoryRow;

export type RowType = Row["type"];

/** The place of a character of a field: 0 is the first field after the row type. */
export function placeInRow(
  { file, line, fields, columns, lengths }: Row,
  field: number,
  offset = 0,
): { readonly file: string; readonly line: number; readonly column: number } {
  const [text = "", column = 1, length = 0] = [fields[field], columns[field], lengths[field]];
  return { file, line, column: columnIn({ text, column, length }, offset) };
}
