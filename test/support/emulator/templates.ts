import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import type { Template } from "./bridged-template.ts";
import { clients } from "./clients.ts";

/** The template that `sls package` wrote. */
export function packagedTemplate(folder: string): Template {
  const file = join(folder, "cloudformation-template-update-stack.json");
  return JSON.parse(readFileSync(file, "utf8")) as Template;
}

/** The template that the stack of a stage was last deployed from. */
export async function currentTemplate(stage: string): Promise<Template> {
  const command = new GetTemplateCommand({ StackName: `claimgate-${stage}` });
  const { TemplateBody } = await clients.cloudFormation().send(command);
  return JSON.parse(TemplateBody ?? "") as Template;
}

/**
 * A template without what the framework makes anew each time it packages: the folder of the archives, and the
 * number in the name of the REST API's deployment, both from the clock.
 */
export function comparable(template: Template): Template {
  const text = JSON.stringify(template)
    .replaceAll(/(serverless\/[\w-]+\/[\w-]+\/)[^/"]+/g, "$1TIME")
    .replaceAll(/ApiGatewayDeployment\d+/g, "ApiGatewayDeployment");
  return JSON.parse(text) as Template;
}

/** The logical ids of the resources that two templates do not have alike. */
export function differences(before: Template, after: Template): readonly string[] {
  const [old, now] = [comparable(before).Resources, comparable(after).Resources];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])).sort();
}

/** The template without the version of the policy that each function says it holds. */
export function withoutPolicyVersions(template: Template): Template {
  return JSON.parse(
    JSON.stringify(template, (name, value: unknown) =>
      name === "CLAIMGATE_POLICY_VERSION" ? undefined : value,
    ),
  ) as Template;
}
