import { type JsonObject, objectOf } from "../../../json.ts";
import { resourcesIn, resourcesOf, withProperties } from "../../cloudformation/template.ts";

/** The parts of a group that role mappings need. */
interface MappedGroup {
  readonly name: string;
  readonly precedence: number | undefined;
  readonly roleArn: unknown;
}

/** The groups of the resources that have an IAM role, in the order in which their roles win. */
function mappedGroups(resources: JsonObject): readonly MappedGroup[] {
  return resourcesOf({ resources: resourcesIn(resources) }, "AWS::Cognito::UserPoolGroup")
    .flatMap(({ properties }): MappedGroup[] => {
      const { GroupName: name, RoleArn: roleArn, Precedence: precedence } = properties;
      if (typeof name !== "string" || roleArn === undefined) return [];
      return [{ name, roleArn, precedence: typeof precedence === "number" ? precedence : undefined }];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** A missing precedence sorts last, as in Cognito. */
function rank({ precedence }: MappedGroup): number {
  return precedence ?? Number.MAX_SAFE_INTEGER;
}

/**
 * The role attachments with the rules filled in for mappings of type `Rules` that leave them out: one rule for each
 * group with a role. If no group has one, the mapping is removed: AWS accepts no empty list, and all users get the
 * role of signed-in users anyway.
 */
export function mappingResources(resources: JsonObject): JsonObject {
  const rules = mappedGroups(resources).map(({ name, roleArn }) => ({
    Claim: "cognito:groups",
    MatchType: "Contains",
    Value: name,
    RoleARN: roleArn,
  }));
  const template = { resources: resourcesIn(resources) };
  const attachments = resourcesOf(template, "AWS::Cognito::IdentityPoolRoleAttachment");
  return Object.fromEntries(
    attachments.flatMap((attachment) => {
      const mappings = Object.entries(objectOf(attachment.properties["RoleMappings"]));
      if (!mappings.some(([, mapping]) => leavesRulesOut(mapping))) return [];
      const filled = mappings.flatMap(([key, mapping]): [string, unknown][] => {
        if (!leavesRulesOut(mapping)) return [[key, mapping]];
        return rules.length === 0
          ? []
          : [[key, { ...objectOf(mapping), RulesConfiguration: { Rules: rules } }]];
      });
      const set = filled.length === 0 ? undefined : Object.fromEntries(filled);
      return [[attachment.id, withProperties(attachment, { RoleMappings: set })]];
    }),
  );
}

function leavesRulesOut(mapping: unknown): boolean {
  const { Type: type, RulesConfiguration: rules } = objectOf(mapping);
  return type === "Rules" && rules === undefined;
}
