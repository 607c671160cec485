import { objectOf } from "../../json.ts";
import { isRetained, resourcesOf, type Template } from "../cloudformation/template.ts";

/**
 * Resources that leave the stack together with the users; the stage parameter `removalPolicy` sets their policy too.
 */
const WITH_USERS = ["AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolDomain"];

/**
 * Whether a stage intends its users to survive: the pool is protected or retained in any way, or something that
 * belongs to it is. A stage that does only half of this loses users.
 */
export function keepsUsers(template: Template): boolean {
  return resourcesOf(template, ...WITH_USERS).some((resource) => {
    const { DeletionProtection: protection } = objectOf(resource.properties);
    return protection === "ACTIVE" || isRetained(resource) || resource.updateReplacePolicy === "Retain";
  });
}
