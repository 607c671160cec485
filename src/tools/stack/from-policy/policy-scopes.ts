import { PUBLIC } from "../../../policy/permission.ts";
import type { Row } from "../../../policy/row.ts";
import { ownName } from "../../../policy/subject.ts";
import { subjectsNamed } from "../../access/named-subjects.ts";

/** A scope that the policy speaks of. */
export interface PolicyScope {
  /** `IDENTIFIER/NAME`, as a token carries it. */
  readonly scope: string;
  /** Whether a `scope:` row names it, so that it means something in a machine's token. */
  readonly forMachines: boolean;
}

// Amazon Cognito, API reference, ResourceServerScopeType.
const SCOPE_NAME = /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/;

/**
 * The scopes that `scope:` rows name and, with a prefix, those that pre-token-generation makes of permissions;
 * sorted, each once.
 *
 * @param scopePrefix what pre-token-generation puts before a permission; empty: it makes none
 * @param poolAlias undefined where there is one pool
 */
export function policyScopes(
  rows: readonly Row[],
  scopePrefix: string,
  poolAlias?: string,
): readonly PolicyScope[] {
  const own = (name: string) => ownName(poolAlias, name) ?? [];
  const named = new Set([...subjectsNamed(rows, "scope")].flatMap(({ name }) => own(name)));
  const permissions = rows.flatMap((row) =>
    row.type === "g2" && row.permission !== PUBLIC ? [row.permission] : [],
  );
  const made = scopePrefix === "" ? [] : permissions.map((permission) => `${scopePrefix}${permission}`);
  return [...new Set([...named, ...made])]
    .sort()
    .map((scope): PolicyScope => ({ scope, forMachines: named.has(scope) }));
}

/** The name that a scope has at the resource server; undefined where it is another server's, or cannot exist. */
export function nameAtServer(identifier: string, scope: string): string | undefined {
  const name = scope.startsWith(`${identifier}/`) ? scope.slice(identifier.length + 1) : "";
  return SCOPE_NAME.test(name) ? name : undefined;
}
