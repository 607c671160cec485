import { everythingIn } from "../../cloudformation/places.ts";
import type { Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A reference to a secure string in a place where CloudFormation does not resolve it: the deployment fails. */
export const secureReference: TemplateCheck = {
  id: "secure-reference",
  summary: "`{{resolve:ssm-secure:...}}` in a property in which CloudFormation does not support it",
  check,
};

/**
 * CloudFormation user guide, "Get a secure string value from Systems Manager Parameter Store", table of resources.
 * None of Cognito, Lambda and API Gateway is in it.
 */
const SUPPORTED = [
  "AWS::DirectoryService::MicrosoftAD",
  "AWS::DirectoryService::SimpleAD",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::IAM::User",
  "AWS::KinesisFirehose::DeliveryStream",
  "AWS::OpsWorks::App",
  "AWS::OpsWorks::Stack",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
];

function* check({ resources, outputs }: Template): Iterable<TemplateProblem> {
  for (const { id, type, properties } of resources.values()) {
    if (!SUPPORTED.includes(type)) yield* secureIn(id, properties);
  }
  for (const [id, output] of Object.entries(outputs)) yield* secureIn(id, output);
}

function* secureIn(id: string, root: unknown): Iterable<TemplateProblem> {
  // `Fn::Sub` and `Fn::Join` are visited as a whole and again in parts: one finding is enough.
  const said: string[] = [];
  for (const { path, value } of everythingIn({ path: "", value: root })) {
    if (!spelled(value)?.includes("{{resolve:ssm-secure:") || said.some((one) => path.startsWith(`${one}.`)))
      continue;
    said.push(path);
    yield {
      resource: id,
      property: path,
      message: "refers to a secure string of the parameter store, which CloudFormation does not resolve here",
      fix: "put the secret in Secrets Manager: `{{resolve:secretsmanager:NAME:SecretString:KEY}}`",
    };
  }
}
