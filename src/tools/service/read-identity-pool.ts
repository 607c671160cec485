import { objectOf, textMapOf, textOf } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import type { RoleMappingRule, ServiceIdentityPool } from "./service.ts";
import type { ServiceSource } from "./service-source.ts";

/** What the policy needs to know of the stack's identity pool; undefined where it has none. */
export function readIdentityPool(source: ServiceSource): ServiceIdentityPool | undefined {
  if (resourcesOf(source, "AWS::Cognito::IdentityPool").length === 0) return undefined;
  const tags = resourcesOf(source, "AWS::Cognito::IdentityPoolPrincipalTag").flatMap(({ properties }) =>
    Object.entries(textMapOf(properties["PrincipalTags"]) ?? {}),
  );
  return {
    roles: resourcesOf(source, "AWS::IAM::Role").map(({ id }) => id),
    principalTags: new Map(tags),
    rules: resourcesOf(source, "AWS::Cognito::IdentityPoolRoleAttachment").flatMap(({ properties }) =>
      Object.values(objectOf(properties["RoleMappings"])).flatMap(rulesOf),
    ),
  };
}

function rulesOf(mapping: unknown): readonly RoleMappingRule[] {
  const rules = objectOf(objectOf(mapping)["RulesConfiguration"])["Rules"];
  if (!Array.isArray(rules)) return [];
  return rules.map(objectOf).map((rule) => ({
    claim: textOf(rule["Claim"]) ?? "",
    matchType: textOf(rule["MatchType"]) ?? "",
    value: textOf(rule["Value"]) ?? "",
  }));
}
