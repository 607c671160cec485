import { objectOf } from "../../json.ts";
import { isRetained, resourcesOf, type Template } from "../cloudformation/template.ts";

/** Resources that leave the stack with the users, and whose policy the stage parameter `removalPolicy` sets too. */
const WITH_USERS = ["AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolDomain"];

/**
 * Whether a stage means its users to survive, whatever it is called: the pool is protected or retained in any way, or
 * what belongs to it is. A stage that does only half of it is the one that loses users.
 */
export function keepsUsers(template: Template): boolean {
  return resourcesOf(template, ...WITH_USERS).some((resource) => {
    const { DeletionProtection: protection } = objectOf(resource.properties);
    return protection === "ACTIVE" || isRetained(resource) || resource.updateReplacePolicy === "Retain";
  });
}
