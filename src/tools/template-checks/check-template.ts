import { readTemplate } from "../cloudformation/template.ts";
import type { TemplateContext, TemplateFinding, TemplateProblem } from "./check.ts";
import { unsettledCondition } from "./checks/unsettled-condition.ts";
import { EXCEPTIONS, type TemplateException } from "./exceptions.ts";
import { TEMPLATE_CHECKS } from "./registry.ts";

/** What a template was found to be. */
export interface TemplateReport {
  /** What has to change; empty for a good template. */
  readonly findings: readonly TemplateFinding[];
  /** What would have been found but for an exception. */
  readonly excepted: readonly { readonly finding: TemplateFinding; readonly exception: TemplateException }[];
}

/**
 * Checks a packaged template for what AWS's own linter cannot know. With conditions that packaging left in it,
 * only these are found: nobody can tell what would be deployed.
 *
 * @param template the JSON of `.serverless/cloudformation-template-update-stack.json`
 * @throws TypeError where it is no template
 */
export function checkTemplate(
  template: unknown,
  context: TemplateContext,
  exceptions: readonly TemplateException[] = EXCEPTIONS,
): TemplateReport {
  const findings: TemplateFinding[] = [];
  const excepted: { finding: TemplateFinding; exception: TemplateException }[] = [];
  for (const finding of allFindings(template, context)) {
    const exception = exceptions.find((one) => covers(one, finding));
    if (exception === undefined) findings.push(finding);
    else excepted.push({ finding, exception });
  }
  return { findings, excepted };
}

function allFindings(value: unknown, context: TemplateContext): readonly TemplateFinding[] {
  const template = readTemplate(value);
  const named = (check: string, problems: Iterable<TemplateProblem>) =>
    Array.from(problems, (problem): TemplateFinding => ({ check, ...problem }));
  const unsettled = named(unsettledCondition.name, unsettledCondition.check(template, context));
  if (unsettled.length > 0) return unsettled;
  return TEMPLATE_CHECKS.flatMap(({ name, check }) => named(name, check(template, context)));
}

function covers({ check, resource, property }: TemplateException, finding: TemplateFinding): boolean {
  if (check !== finding.check || resource !== finding.resource) return false;
  return property === "" || finding.property === property || finding.property.startsWith(`${property}.`);
}
