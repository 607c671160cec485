import { PUBLIC } from "../../../policy/permission.ts";
import type { Row } from "../../../policy/row.ts";
import { ownName } from "../../../policy/subject.ts";
import { subjectsNamed } from "../../access/named-subjects.ts";

/** A scope that the policy speaks of. */
export interface PolicyScope {
  /** `IDENTIFIER/NAME`, as a token carries it. */
  readonly scope: string;
  /** Whether a `scope:` row names it, so that it has an effect in a machine's token. */
  readonly forMachines: boolean;
}

// Amazon Cognito, API reference, ResourceServerScopeType.
const SCOPE_NAME = /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/;

/**
 * The scopes that `scope:` and `p3` rows name and, with a prefix, those that pre-token-generation makes from
 * permissions; sorted, without duplicates.
 *
 * @param scopePrefix the prefix with which pre-token-generation makes a permission a scope; empty if it makes none
 * @param poolAlias undefined if there is one pool
 */
export function policyScopes(
  rows: readonly Row[],
  scopePrefix: string,
  poolAlias?: string,
): readonly PolicyScope[] {
  const own = (name: string) => ownName(poolAlias, name) ?? [];
  const named = new Set([...subjectsNamed(rows, "scope")].flatMap(({ name }) => own(name)));
  const ofApps = rows.flatMap((row) => (row.type === "p3" ? (row.scope ?? []) : []));
  const permissions = rows.flatMap((row) =>
    row.type === "g2" && row.permission !== PUBLIC ? [row.permission] : [],
  );
  const made = scopePrefix === "" ? [] : permissions.map((permission) => `${scopePrefix}${permission}`);
  return [...new Set([...named, ...ofApps, ...made])]
    .sort()
    .map((scope): PolicyScope => ({ scope, forMachines: named.has(scope) }));
}

/** The name of a scope at the resource server; undefined if it belongs to another server, or is invalid. */
export function nameAtServer(identifier: string, scope: string): string | undefined {
  const name = scope.startsWith(`${identifier}/`) ? scope.slice(identifier.length + 1) : "";
  return SCOPE_NAME.test(name) ? name : undefined;
}
