import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A function that a pool or API of any account may call: the principal of a service is the same in every account. */
export const widePermission: TemplateCheck = {
  id: "wide-permission",
  summary: "a Lambda permission for an AWS service, or for anyone, without a source",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Lambda::Permission")) {
    const { Principal: principal, SourceArn: source, SourceAccount: account } = properties;
    if (typeof principal !== "string" || source !== undefined || account !== undefined) continue;
    if (principal !== "*" && !principal.endsWith(".amazonaws.com")) continue;
    yield {
      resource: id,
      property: "SourceArn",
      message: `is missing, so ${principal === "*" ? "anyone" : `${principal} of every account`} may call the function`,
      fix:
        FIXES.get(principal) ??
        "name the resource that calls in `SourceArn`, or its account in `SourceAccount`",
    };
  }
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation puts the values in.
const FIXES: ReadonlyMap<string, string> = new Map([
  ["cognito-idp.amazonaws.com", "name the pool that calls: `SourceArn: !GetAtt POOL.Arn`"],
  [
    "apigateway.amazonaws.com",
    "name the API that calls: `SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${API}/*`",
  ],
  ["*", "name who calls: an account or a role as `Principal`, or a service with its `SourceArn`"],
]);
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation puts the values in.
