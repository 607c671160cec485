import { QUOTAS } from "../../cloudformation/quotas.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** More of something than AWS accepts: the deployment fails halfway. */
export const quotaExceeded: TemplateCheck = { id: "quota-exceeded", check };

function* check(template: Template): Iterable<TemplateProblem> {
  yield* ofTemplate(template);
  yield* ofPools(template);
}

/** CloudFormation user guide, "Understand CloudFormation quotas". */
const LIMITS = { resources: QUOTAS.resourcesOfAStack, outputs: 200, bytes: 1_000_000 };

function* ofTemplate({ resources, outputs, json }: Template): Iterable<TemplateProblem> {
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
      fix: "turn groups of the policy into roles, which need no resource, or move a part to a stack of its own",
    };
  }
}

const PER_POOL = [
  { type: "AWS::Cognito::UserPoolGroup", limit: QUOTAS.groupsOfAPool, what: "groups" },
  { type: "AWS::Cognito::UserPoolResourceServer", limit: QUOTAS.serversOfAPool, what: "resource servers" },
] as const;

function* ofPools(template: Template): Iterable<TemplateProblem> {
  for (const { type, limit, what } of PER_POOL) {
    const counts = new Map<string, number>();
    for (const { properties } of resourcesOf(template, type)) {
      const pool = spelled(properties["UserPoolId"]) ?? "?";
      counts.set(pool, (counts.get(pool) ?? 0) + 1);
    }
    for (const [pool, count] of counts) {
      if (count <= limit) continue;
      const message = `${count} ${what} in the pool ${pool}; Cognito keeps at most ${limit}`;
      yield { resource: "Resources", property: "", message, fix: `reduce the number of ${what}` };
    }
  }
}
