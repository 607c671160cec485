import type { Name } from "../cloudformation/intrinsics.ts";
import type { Template } from "../cloudformation/template.ts";
import { type UNRESOLVED, valueWith } from "../cloudformation/values.ts";
import { functionArn, userPoolArn } from "./arn.ts";
import type { Deployment } from "./deployed-stage.ts";

/** The value that the template has in this deployment; {@link UNRESOLVED} if it cannot be known. */
export type Resolve = (value: unknown) => unknown;

export function createResolve(template: Template, deployment: Deployment): Resolve {
  return (value) => valueWith(value, (name) => deployedText(template, deployment, name));
}

function deployedText(
  template: Template,
  { where, stack, resources }: Deployment,
  { id, attribute }: Name,
): string | undefined {
  const suffix = where.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::Region": where.region,
    "AWS::AccountId": where.accountId,
    "AWS::Partition": where.partition,
    "AWS::URLSuffix": suffix,
    "AWS::StackName": stack.name,
    "AWS::StackId": stack.id,
  };
  if (Object.hasOwn(pseudo, id)) return pseudo[id];
  const physicalId = resources.get(id)?.physicalId || undefined;
  if (physicalId === undefined || attribute === undefined) return physicalId;
  switch (`${template.resources.get(id)?.type}.${attribute}`) {
    case "AWS::Lambda::Function.Arn":
      return functionArn(where, physicalId);
    case "AWS::Cognito::UserPool.Arn":
      return userPoolArn(where, physicalId);
    case "AWS::Cognito::UserPool.ProviderName":
      return `cognito-idp.${where.region}.${suffix}/${physicalId}`;
    default:
      return undefined;
  }
}
