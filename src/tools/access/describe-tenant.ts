import type { NearMiss } from "../../policy/explain.ts";

type OtherTenant = Extract<NearMiss["because"], { readonly kind: "other_tenant" }>;

/** `role:editor is held in tenant acme, not globex (group:{tenantId}.editors)` */
export function describeOtherTenant({ subject, group, parameter, asked, own }: OtherTenant): string {
  const held = `${subject} is held in ${own.length === 1 ? "tenant" : "tenants"} ${own.join(", ")}`;
  return asked === undefined
    ? `${held}, and the request names no tenant as {${parameter}} (${group})`
    : `${held}, not ${asked} (${group})`;
}
