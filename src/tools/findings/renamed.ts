import { nearest } from "../../policy/suggestion.ts";

/**
 * Ids of earlier versions -> the current id of the same danger. docs/adr/0042-one-kind-of-finding.md has the table.
 */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ["authorizer-cache", "cache-reuses-answers"],
  ["authorizer-exists", "authorizer-missing"],
  ["authorizer-function", "authorizer-setting"],
  ["authorizer-identity-sources", "cache-reuses-answers"],
  ["authorizer-payload", "authorizer-setting"],
  ["authorizer-permission", "missing-permission"],
  ["authorizer-responses", "authorizer-setting"],
  ["authorizer-type", "authorizer-setting"],
  ["authorizer-validation", "authorizer-setting"],
  ["client-accepted", "client-missing"],
  ["client-attributes", "client-setting"],
  ["client-auth-flows", "client-setting"],
  ["client-exists", "client-missing"],
  ["client-oauth-flows", "client-setting"],
  ["client-protection", "client-setting"],
  ["client-providers", "client-setting"],
  ["client-refresh-rotation", "client-setting"],
  ["client-scopes", "client-setting"],
  ["client-token-validity", "client-setting"],
  ["client-urls", "client-setting"],
  ["client-writes-marker", "client-writes"],
  ["framework-version", "unsupported-version"],
  ["function-code", "function-outdated"],
  ["function-environment", "function-setting"],
  ["function-exists", "function-missing"],
  ["function-fails-open", "revocation-fails-open"],
  ["function-report-only", "report-only"],
  ["function-settings", "function-setting"],
  ["function-state", "function-unsettled"],
  ["group-exists", "group-not-created"],
  ["group-unknown", "group-never-named"],
  ["node-version", "unsupported-version"],
  ["open-route", "route-without-authorizer"],
  ["pool-attributes", "pool-attribute-missing"],
  ["pool-exists", "pool-missing"],
  ["pool-factors", "pool-setting"],
  ["pool-limits", "quota-exceeded"],
  ["pool-marker", "pool-attribute-missing"],
  ["route-authorizer", "route-without-authorizer"],
  ["route-exists", "route-not-deployed"],
  ["route-unknown", "route-foreign"],
  ["stack-exists", "stack-missing"],
  ["stack-status", "stack-unsettled"],
  ["stack-template", "stack-outdated"],
  ["template-limits", "quota-exceeded"],
  ["trigger-permission", "missing-permission"],
  ["trigger-set", "trigger-detached"],
]);

/** The message for an id that no finding has. */
export function unknownId(
  id: string,
  known: Iterable<string>,
): { readonly message: string; readonly fix: string } {
  const now = RENAMED.get(id);
  if (now !== undefined) return { message: `\`${id}\` was renamed to \`${now}\``, fix: `write \`${now}\`` };
  const meant = nearest(id, known);
  const fix = meant === undefined ? "see docs/rules/ for the list of rules" : `did you mean \`${meant}\`?`;
  return { message: `unknown rule \`${id}\``, fix };
}
