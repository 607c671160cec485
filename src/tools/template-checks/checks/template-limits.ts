import { QUOTAS } from "../../cloudformation/quotas.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../check.ts";

/** A template that CloudFormation refuses for its size. */
export const templateLimits: TemplateCheck = {
  name: "template-limits",
  summary: "more resources, outputs or bytes than CloudFormation takes in one template",
  check,
};

/** CloudFormation user guide, "Understand CloudFormation quotas". */
const LIMITS = { resources: QUOTAS.resourcesOfAStack, outputs: 200, bytes: 1_000_000 };

function* check({ resources, outputs, json }: Template): Iterable<TemplateProblem> {
  const groups = [...resources.values()].filter(({ type }) => type === "AWS::Cognito::UserPoolGroup").length;
  const counted = [
    {
      section: "Resources",
      count: resources.size,
      limit: LIMITS.resources,
      unit: `resources (${groups} of them groups)`,
    },
    { section: "Outputs", count: Object.keys(outputs).length, limit: LIMITS.outputs, unit: "outputs" },
    { section: "Resources", count: JSON.stringify(json).length, limit: LIMITS.bytes, unit: "bytes" },
  ];
  for (const { section, count, limit, unit } of counted) {
    if (count <= limit) continue;
    yield {
      resource: section,
      property: "",
      message: `${count} ${unit}; a template has at most ${limit}`,
      fix: "make groups of the policy roles, which need no resource, or move a part to a stack of its own",
    };
  }
}
