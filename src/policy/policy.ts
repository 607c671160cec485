import type { Engine } from "./engine.ts";
import type { RouteTable } from "./route-table.ts";
import type { LandingRow, PermissionRow, SignUpRow } from "./row.ts";
import type { Subject } from "./subject.ts";

/** A policy that loaded: immutable, complete, and safe to decide with. Made by `loadPolicy` only. */
export interface Policy {
  /** A digest of model and rows that ignores the order of files and rows: 16 hex digits. */
  readonly version: string;
  /** `p` rows by subject, each list in canonical order. */
  readonly permissionRows: ReadonlyMap<Subject, readonly PermissionRow[]>;
  /** `g` rows: member -> the roles it is given directly. */
  readonly directRoles: ReadonlyMap<Subject, readonly Subject[]>;
  /** `g2` rows: route -> its permissions, sorted; empty for a public route. */
  readonly permissionsByRoute: ReadonlyMap<string, readonly string[]>;
  readonly routes: RouteTable;
  readonly signUpRows: readonly SignUpRow[];
  readonly landingRows: readonly LandingRow[];
  readonly engine: Engine;
}
