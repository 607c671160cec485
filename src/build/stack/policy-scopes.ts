import { subjectsNamed } from "../../analysis/named-subjects.ts";
import { PUBLIC } from "../../policy/permission.ts";
import type { Row } from "../../policy/row.ts";

/** A scope that the policy speaks of. */
export interface PolicyScope {
  /** `IDENTIFIER/NAME`, as a token carries it. */
  readonly scope: string;
  /** What it opens, 1 to 256 characters. */
  readonly description: string;
  /** Whether a `scope:` row names it, so that it means something in a machine's token. */
  readonly forMachines: boolean;
}

// Amazon Cognito, API reference, ResourceServerScopeType.
const LONGEST_DESCRIPTION = 256;
const SCOPE_NAME = /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/;

/**
 * The scopes that `scope:` rows name and, with a prefix, those that pre-token-generation makes of permissions;
 * sorted, each once.
 *
 * @param scopePrefix what pre-token-generation puts before a permission; empty: it makes none
 */
export function policyScopes(rows: readonly Row[], scopePrefix: string): readonly PolicyScope[] {
  const opened = new Map<string, string[]>();
  for (const { name, row } of subjectsNamed(rows, "scope")) {
    opened.set(name, [...(opened.get(name) ?? []), ...given(row)]);
  }
  const named = Array.from(opened, ([scope, what]) => scopeOf(scope, what, true));
  const permissions = rows.flatMap((row) =>
    row.type === "g2" && row.permission !== PUBLIC ? [row.permission] : [],
  );
  const made = [...new Set(scopePrefix === "" ? [] : permissions)]
    .map((permission) => scopeOf(`${scopePrefix}${permission}`, [permission], false))
    .filter(({ scope }) => !opened.has(scope));
  return [...named, ...made].sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

/** What a row gives the scope: a permission or a role; nothing where it denies. */
function given(row: Row): string[] {
  if (row.type === "p") return row.effect === "allow" ? [row.permission] : [];
  return row.type === "g" ? [row.role] : [];
}

function scopeOf(scope: string, what: readonly string[], forMachines: boolean): PolicyScope {
  const description = what.length === 0 ? "denied what others may do" : what.join(", ");
  return { scope, description: description.slice(0, LONGEST_DESCRIPTION), forMachines };
}

/** The name that a scope has at the resource server; undefined where it is another server's, or cannot exist. */
export function nameAtServer(identifier: string, scope: string): string | undefined {
  const name = scope.startsWith(`${identifier}/`) ? scope.slice(identifier.length + 1) : "";
  return SCOPE_NAME.test(name) ? name : undefined;
}
