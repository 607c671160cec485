import { QUOTAS } from "../../cloudformation/quotas.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../check.ts";

/** A user pool with more of something than Cognito keeps. */
export const poolLimits: TemplateCheck = {
  name: "pool-limits",
  summary: "more groups or resource servers than Cognito keeps in a user pool",
  check,
};

const PER_POOL = [
  { type: "AWS::Cognito::UserPoolGroup", limit: QUOTAS.groupsOfAPool, what: "groups" },
  { type: "AWS::Cognito::UserPoolResourceServer", limit: QUOTAS.serversOfAPool, what: "resource servers" },
] as const;

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { type, limit, what } of PER_POOL) {
    const counts = new Map<string, number>();
    for (const { properties } of resourcesOf(template, type)) {
      const pool = spelled(properties["UserPoolId"]) ?? "?";
      counts.set(pool, (counts.get(pool) ?? 0) + 1);
    }
    for (const [pool, count] of counts) {
      if (count <= limit) continue;
      const message = `${count} ${what} in the pool ${pool}; Cognito keeps at most ${limit}`;
      yield { resource: "Resources", property: "", message, fix: `have fewer ${what}` };
    }
  }
}
