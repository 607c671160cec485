import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Artefact } from "../analysis/deployed/facts.ts";
import { readTemplate, resourcesOf, type Template } from "../analysis/template/template.ts";
import { objectOf, textOf } from "../json.ts";
import { CommandError } from "../runtime/command-error.ts";
import { runFramework, type StageOptions } from "./framework.ts";
import { unzip } from "./zip.ts";

/** What `sls package` made. */
export interface ServicePackage {
  readonly template: Template;
  /** The archives by the logical id of their function. */
  readonly artefacts: ReadonlyMap<string, Artefact>;
}

/** Builds the service into the folder. @throws CommandError with what the framework said */
export async function packageService(options: StageOptions, folder: string): Promise<ServicePackage> {
  await runFramework(options, ["package", "--package", folder]);
  return readPackage(folder);
}

/** @throws CommandError where the folder holds no package */
export function readPackage(folder: string): ServicePackage {
  const path = join(folder, "cloudformation-template-update-stack.json");
  try {
    const template = readTemplate(JSON.parse(readFileSync(path, "utf8")));
    return { template, artefacts: artefactsIn(folder, template) };
  } catch (cause) {
    throw new CommandError("service_unresolved", `${folder} holds no package of the service`, {
      cause,
      fix: `make one with npx sls package --package ${folder}`,
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
      return [[id, { sha256, policyVersion: policyVersionIn(archive) }] as const];
    }),
  );
}

/** How src/build/policy-plugin.ts writes a compiled policy: JSON in a string, whose quotes may be escaped. */
const COMPILED = /\\?"version\\?":\\?"([0-9a-f]{16})\\?",\\?"(?:model|files)\\?":/;

/**
 * The version of the policy that was built into a function; undefined where it holds none.
 * @throws RangeError where it is no zip archive
 */
export function policyVersionIn(archive: Buffer): string | undefined {
  for (const text of unzip(archive).values()) {
    const version = COMPILED.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}
