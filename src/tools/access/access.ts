import type { App } from "../../policy/app.ts";
import type { Policy } from "../../policy/policy.ts";
import { entryOn, placesOf } from "./access-terms.ts";
import { type HeldRow, type Holdings, rowsHeldThrough } from "./holdings.ts";

/** The access of some subjects to a route, for any request. */
export interface Access {
  readonly kind:
    | "public"
    /** Allowed by a row without a condition, and no row can deny it. */
    | "allowed"
    /** Depends on the request: see `when` and `unless`. */
    | "conditional"
    /** Denied by a row without a condition; nothing can allow it. */
    | "denied"
    /** No row allows it. */
    | "none";
  /** Conditions of which one must be true; empty if there are none. */
  readonly when: readonly string[];
  /** Conditions that deny if one is true or unknown. */
  readonly unless: readonly string[];
}

/** When the rows of some subjects allow and when they deny, for a route or permission. */
export interface Standing {
  readonly access: Access;
  /** The conditions of the deny rows, sorted; the empty string for a row without one. */
  readonly denial: readonly string[];
}

const NO_CONDITIONS = { when: [], unless: [] };

/**
 * @param app the app of a user's token; undefined for what users may, whatever their app
 */
export function accessOf(policy: Policy, route: string, held: Holdings, app?: App): Access {
  return standingOn(policy, { route }, held, app).access;
}

/**
 * @param target a route or a single permission
 */
export function standingOn(
  policy: Policy,
  target: { readonly route: string } | { readonly permission: string },
  held: Holdings,
  app?: App,
): Standing {
  const entry = entryOn(policy, target);
  if (entry === undefined) return { access: { kind: "none", ...NO_CONDITIONS }, denial: [] };
  if (entry.permissions.length === 0) return { access: { kind: "public", ...NO_CONDITIONS }, denial: [] };
  const rows = rowsHeldThrough(policy, entry, held, app).flatMap((one) =>
    "route" in target ? onRoute(one, target.route) : [one],
  );
  const denies = rows.filter(({ row }) => row.effect === "deny");
  return { access: accessBy(rows), denial: [...conditionsOf(denies)].sort() };
}

/** On a route that lacks the parameter, a role of a tenant is unknown: it never allows, and always denies. */
function onRoute({ row, within }: HeldRow, route: string): readonly HeldRow[] {
  if (within === undefined || placesOf(route, undefined).has(within.parameter)) return [{ row, within }];
  return row.effect === "deny" ? [{ row, within: undefined }] : [];
}

function accessBy(matching: readonly HeldRow[]): Access {
  const rows = [...matching].sort((a, b) => a.row.ordinal - b.row.ordinal);
  const allows = rows.filter(({ row }) => row.effect === "allow");
  const denies = rows.filter(({ row }) => row.effect === "deny");
  if (denies.some(isUnconditional)) return { kind: "denied", ...NO_CONDITIONS };
  if (allows.length === 0) return { kind: "none", ...NO_CONDITIONS };
  const when = allows.some(isUnconditional) ? [] : conditionsOf(allows);
  const unless = conditionsOf(denies);
  return { kind: when.length + unless.length === 0 ? "allowed" : "conditional", when, unless };
}

function isUnconditional({ row, within }: HeldRow): boolean {
  return row.condition === undefined && within === undefined;
}

function conditionsOf(rows: readonly HeldRow[]): readonly string[] {
  return [...new Set(rows.map(textOf))];
}

/** `{tenantId} is acme and {userId}=sub`; empty for a row that always applies. */
function textOf({ row, within }: HeldRow): string {
  return [within?.text, row.columns[3]].filter((text) => text !== undefined && text !== "").join(" and ");
}

/** `if {userId}=sub, unless {tenantId}!=tenant_id` */
export function describeAccess({ kind, when, unless }: Access): string {
  switch (kind) {
    case "public":
      return "open to everyone";
    case "allowed":
      return "allowed";
    case "denied":
      return "denied";
    case "none":
      return "not granted";
    case "conditional": {
      const parts = [
        ...(when.length > 0 ? [`if ${when.join(" or ")}`] : []),
        ...(unless.length > 0 ? [`unless ${unless.join(" or ")}`] : []),
      ];
      return parts.join(", ");
    }
  }
}
