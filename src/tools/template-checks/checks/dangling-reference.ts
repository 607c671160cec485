import { nearest } from "../../../policy/suggestion.ts";
import { type Reference, referencesIn, referencesOf } from "../../cloudformation/references.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A name that stands for nothing. */
export const danglingReference: TemplateCheck = {
  id: "dangling-reference",
  summary: "a `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn` that names nothing in the template",
  check,
};

/** Pseudo parameters (CloudFormation user guide, "Pseudo parameters reference"). */
const PSEUDO_PARAMETERS = [
  "AccountId",
  "NoValue",
  "NotificationARNs",
  "Partition",
  "Region",
  "StackId",
  "StackName",
  "URLSuffix",
].map((name) => `AWS::${name}`);

function* check({ resources, parameters, outputs }: Template): Iterable<TemplateProblem> {
  const known = new Set([...resources.keys(), ...Object.keys(parameters), ...PSEUDO_PARAMETERS]);
  const meanings = new Map<string, string | undefined>();
  for (const resource of resources.values()) yield* dangling(resource.id, referencesOf(resource));
  for (const [id, output] of Object.entries(outputs)) {
    yield* dangling(id, referencesIn({ path: "", value: output }));
  }

  function* dangling(id: string, references: readonly Reference[]): Iterable<TemplateProblem> {
    for (const { path, target } of references) {
      if (known.has(target)) continue;
      if (!meanings.has(target)) meanings.set(target, nearest(target, known));
      const meant = meanings.get(target);
      yield {
        resource: id,
        property: path,
        message: `names \`${target}\`, which is not in the template`,
        fix: meant === undefined ? "name a resource of this stack" : `did you mean \`${meant}\`?`,
      };
    }
  }
}
