import { objectOf, textMapOf, textOf } from "../../json.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import type { At } from "../text/place.ts";
import type { RoleMappingRule, ServiceIdentityPool } from "./service.ts";
import type { ServicePlaces } from "./service-places.ts";
import type { ServiceSource } from "./service-source.ts";

/** The facts about the stack's identity pool that rules need; undefined if it has none. */
export function readIdentityPool(
  source: ServiceSource,
  places: ServicePlaces,
): ServiceIdentityPool | undefined {
  if (resourcesOf(source, "AWS::Cognito::IdentityPool").length === 0) return undefined;
  const at = (resource: Resource, ...path: readonly string[]) =>
    places.at(["resources", "Resources", resource.id, "Properties", ...path]);
  const tags = resourcesOf(source, "AWS::Cognito::IdentityPoolPrincipalTag").flatMap((resource) =>
    Object.entries(textMapOf(resource.properties["PrincipalTags"]) ?? {}).map(([tag, claim]) => ({
      tag,
      claim,
      at: at(resource, "PrincipalTags", tag),
    })),
  );
  return {
    roles: resourcesOf(source, "AWS::IAM::Role").map(({ id }) => id),
    principalTags: tags,
    rules: resourcesOf(source, "AWS::Cognito::IdentityPoolRoleAttachment").flatMap((resource) =>
      Object.entries(objectOf(resource.properties["RoleMappings"])).flatMap(([key, mapping]) =>
        rulesOf(mapping, (index) =>
          at(resource, "RoleMappings", key, "RulesConfiguration", "Rules", String(index)),
        ),
      ),
    ),
  };
}

function rulesOf(mapping: unknown, placeOf: (index: number) => At): readonly RoleMappingRule[] {
  const rules = objectOf(objectOf(mapping)["RulesConfiguration"])["Rules"];
  if (!Array.isArray(rules)) return [];
  return rules.map(objectOf).map((rule, index) => ({
    at: placeOf(index),
    claim: textOf(rule["Claim"]) ?? "",
    matchType: textOf(rule["MatchType"]) ?? "",
    value: textOf(rule["Value"]) ?? "",
  }));
}
