import { readTemplate, type Template } from "../cloudformation/template.ts";
import type { ResourceFinding } from "../findings/finding.ts";
import type { FindingReport } from "../findings/report.ts";
import { type Switches, switched } from "../findings/switched.ts";
import { unsettledCondition } from "./checks/unsettled-condition.ts";
import { withoutIgnored } from "./ignored-resources.ts";
import { TEMPLATE_CHECKS } from "./registry.ts";
import type { TemplateCheck, TemplateContext } from "./template-check.ts";

const IDS: ReadonlySet<string> = new Set(TEMPLATE_CHECKS.map(({ id }) => id));

/**
 * Checks a packaged template for what AWS's own linter cannot know. If packaging left conditions in it, only these are
 * reported: it is unknown what would be deployed.
 *
 * @param value the JSON of `.serverless/cloudformation-template-update-stack.json`
 * @throws TypeError if it is not a template
 */
export function checkTemplate(
  value: unknown,
  context: TemplateContext,
  switches: Switches = new Map(),
): FindingReport {
  const template = readTemplate(value);
  const unsettled = findingsOf(unsettledCondition, template, context);
  const { shown, ignored } =
    unsettled.length > 0
      ? { shown: unsettled, ignored: [] }
      : withoutIgnored(
          TEMPLATE_CHECKS.flatMap((check) => findingsOf(check, template, context)),
          template,
          IDS,
        );
  const left = switched(shown, ({ id }) => id, switches, IDS);
  return { findings: left.shown, switchedOff: left.switchedOff, ignored };
}

/** The findings of one check. */
export function findingsOf(
  { id, check }: TemplateCheck,
  template: Template,
  context: TemplateContext,
): readonly ResourceFinding[] {
  return Array.from(check(template, context), ({ resource, property, message, fix }) => ({
    id,
    severity: "error",
    place: { kind: "resource", resource, property },
    message,
    fix,
  }));
}
