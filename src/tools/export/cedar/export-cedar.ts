import type { CedarRequestShape } from "../../../policy/cedar-request.ts";
import type { Policy } from "../../../policy/policy.ts";
import { cedarActions, publicRoutes } from "./actions.ts";
import { type CedarPolicies, cedarPolicies } from "./cedar-policies.ts";
import { type CedarSchema, cedarSchema } from "./cedar-schema.ts";

/** A policy in Cedar, and what it does not have. */
export interface CedarExport extends CedarPolicies {
  readonly shape: CedarRequestShape;
  readonly schema: CedarSchema;
  /** Routes that need no token, which nobody asks Cedar about. */
  readonly publicRoutes: readonly string[];
  /** Rows about people who sign up and about directories: `p2`, `g3`, `g4`. Cedar has no part in these. */
  readonly otherRows: number;
}

/**
 * Converts a policy into a schema and policies of Cedar that decide the same for every token, route and permission, on
 * the requests that `cedarRequest` makes (docs/adr/0081-export-to-cedar.md).
 */
export function exportCedar(policy: Policy, namespace: string): CedarExport {
  const actions = cedarActions(policy);
  const conditions = [...policy.conditions.values()].flat();
  const tenantGroups = [...policy.tenantRoles].sort((a, b) => (a.member < b.member ? -1 : 1));
  const shape: CedarRequestShape = {
    namespace,
    policyVersion: policy.version,
    parameters: [...new Set(conditions.flatMap(({ parameter }) => parameter ?? []))].sort(),
    claims: policy.conditionClaims,
    tenantGroups: tenantGroups.map(({ member }) => member),
    signInAge: policy.comparesAge,
    apps: policy.apps.size > 0,
    actions: actions.map(({ name }) => name),
  };
  return {
    ...cedarPolicies(policy, namespace),
    shape,
    schema: cedarSchema(shape, actions, tenantGroups),
    publicRoutes: publicRoutes(policy),
    otherRows: policy.signUpRows.length + policy.landingRows.length + policy.directoryRows.length,
  };
}
