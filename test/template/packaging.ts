import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parsePolicy } from "../../src/policy/parse.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { publicRoutesOf } from "../../src/tools/template-checks/public-routes.ts";
import type { TemplateContext } from "../../src/tools/template-checks/template-check.ts";
import { REHEARSAL_FOLDER } from "../support/python-environment.ts";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";
import { type Edit, editService } from "../support/service-edits.ts";
import { VARIANTS, type Variant } from "./variants.ts";

/** A stage's template, as `sls package` writes it. */
export interface Packaged {
  /** Path of the template. */
  readonly file: string;
  readonly template: unknown;
  readonly context: TemplateContext;
}

/**
 * @param variant one of `VARIANTS`, or its name
 * @throws Error with what the framework said where it does not package
 */
export async function packageVariant(variant: Variant | string): Promise<Packaged> {
  const wanted = typeof variant === "string" ? VARIANTS.find(({ name }) => name === variant) : variant;
  if (wanted === undefined) throw new Error(`there is no stage variant \`${String(variant)}\``);
  const { name, stage, params, edits = [], keepsUsers } = wanted;
  const folder = join(REHEARSAL_FOLDER, "template", `${name.replaceAll(" ", "-")}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const options = params.flatMap((param) => ["--param", param]);
  const run = await runServerless(
    ["package", "--package", folder, "--stage", stage, ...options],
    edits.length === 0 ? undefined : editedService(`${folder}-service`, edits),
  );
  if (run.code !== 0) throw new Error(`stage variant \`${name}\` does not package:\n${run.output}`);
  const file = join(folder, "cloudformation-template-update-stack.json");
  const template: unknown = JSON.parse(readFileSync(file, "utf8"));
  return {
    file,
    template,
    context: {
      publicRoutes: publicRoutesOf(parsePolicy(readPolicyDirectory("policies").rows).rows),
      keepsUsers,
    },
  };
}

/** @returns the folder of a copy of the service with these edits */
export function editedService(folder: string, edits: readonly Edit[]): string {
  const service = copyService(folder);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  editService(service, edits);
  return service.folder;
}
