import { valueAt } from "../../cloudformation/places.ts";
import { type Resource, resourcesOf, type Template } from "../../cloudformation/template.ts";
import { namedBy, spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Logs that are kept for ever: a log group without a retention, or one that Lambda creates itself. */
export const logRetention: TemplateCheck = {
  id: "log-retention",
  summary: "a function without a log group in the template, or a log group without retention",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  const groups = resourcesOf(template, "AWS::Logs::LogGroup");
  for (const { id, properties } of groups) {
    if (properties["RetentionInDays"] !== undefined) continue;
    yield {
      resource: id,
      property: "RetentionInDays",
      message: "is not set, so its logs are kept for ever",
      fix: "set it, or `provider.logRetentionInDays`",
    };
  }
  for (const one of resourcesOf(template, "AWS::Lambda::Function")) {
    if (groups.some((group) => isOf(group, one))) continue;
    const name = spelled(one.properties["FunctionName"]) ?? one.id;
    yield {
      resource: one.id,
      property: "LoggingConfig.LogGroup",
      message: "has no log group in the template: Lambda creates one that keeps logs for ever",
      fix: `add an AWS::Logs::LogGroup \`/aws/lambda/${name}\` with RetentionInDays`,
    };
  }
}

function isOf(group: Resource, { properties }: Resource): boolean {
  const configured = valueAt(properties, "LoggingConfig.LogGroup");
  const name = spelled(group.properties["LogGroupName"]);
  if (configured !== undefined) return namedBy(configured).includes(group.id) || spelled(configured) === name;
  return name !== undefined && name === `/aws/lambda/${spelled(properties["FunctionName"])}`;
}
