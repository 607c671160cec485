import {
  type Invocation,
  invocationsOf,
  type Permission,
  permissionsOf,
} from "../../cloudformation/invocations.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A function that Cognito or API Gateway is configured to call but may not call. */
export const missingPermission: TemplateCheck = {
  id: "missing-permission",
  summary: "a trigger, authorizer or backend without the Lambda permission of its caller",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  const permissions = permissionsOf(template);
  const said = new Set<string>();
  for (const invocation of invocationsOf(template)) {
    const { functionName, as, principal, caller, resource, property } = invocation;
    if (permissions.some((permission) => allows(permission, invocation))) continue;
    // Many methods of one API share a function: one finding is enough.
    const key = `${functionName} ${principal} ${caller}`;
    if (said.has(key)) continue;
    said.add(key);
    const source = caller === undefined ? "" : ` of \`${caller}\``;
    yield {
      resource,
      property,
      message: `calls \`${functionName}\` as ${as}, but ${principal}${source} has no permission to`,
      fix: `add an AWS::Lambda::Permission: FunctionName \`${functionName}\`, Principal ${principal}`,
    };
  }
}

function allows(permission: Permission, { functionName, principal, caller }: Invocation): boolean {
  return (
    permission.functionName === functionName &&
    permission.principal === principal &&
    (permission.sources === undefined || caller === undefined || permission.sources.includes(caller))
  );
}
