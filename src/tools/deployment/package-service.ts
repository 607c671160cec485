import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { objectOf, textOf } from "../../json.ts";
import { readTemplate, resourcesOf, type Template } from "../cloudformation/template.ts";
import { CommandError } from "../machine/command-error.ts";
import { runFramework, type StageOptions } from "../service/framework.ts";
import { keepingPackage } from "../service/kept-package.ts";
import { shellWord } from "../text/shell-word.ts";
import type { Artefact } from "./deployed-stage.ts";
import { policyVersionIn } from "./policy-version.ts";

/** The output of `sls package`. */
export interface ServicePackage {
  readonly template: Template;
  /** The archives by the logical id of their function. */
  readonly artefacts: ReadonlyMap<string, Artefact>;
}

/**
 * Builds the service into the folder; the `.serverless` of the service stays as it is.
 * @throws CommandError with the message of the framework
 */
export async function packageService(options: StageOptions, folder: string): Promise<ServicePackage> {
  await keepingPackage(options.directory, () => runFramework(options, ["package", "--package", folder]));
  return readPackage(folder);
}

/** @throws CommandError if the folder contains no package */
export function readPackage(folder: string): ServicePackage {
  const path = join(folder, "cloudformation-template-update-stack.json");
  try {
    const template = readTemplate(JSON.parse(readFileSync(path, "utf8")));
    return { template, artefacts: artefactsIn(folder, template) };
  } catch (cause) {
    throw new CommandError("service_unresolved", `${folder} contains no package of the service`, {
      cause,
      fix: `create one with npx sls package --package ${shellWord(folder)}`,
    });
  }
}

function artefactsIn(folder: string, template: Template): ReadonlyMap<string, Artefact> {
  return new Map(
    resourcesOf(template, "AWS::Lambda::Function").flatMap(({ id, properties }) => {
      const key = textOf(objectOf(properties["Code"])["S3Key"]);
      const path = join(folder, basename(key ?? ""));
      if (key === undefined || !existsSync(path)) return [];
      const archive = readFileSync(path);
      const sha256 = createHash("sha256").update(archive).digest("base64");
      return [[id, { sha256, policyVersion: policyVersionIn(properties) }] as const];
    }),
  );
}
