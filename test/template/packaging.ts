import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TemplateContext } from "../../src/analysis/template/check.ts";
import { publicRoutesOf } from "../../src/analysis/template/public-routes.ts";
import { samplePolicy } from "../support/policy.ts";
import { REHEARSAL_FOLDER } from "../support/python-environment.ts";
import { runServerless } from "../support/serverless.ts";
import { VARIANTS, type Variant } from "./variants.ts";

/** A stage's template, as `sls package` writes it. */
export interface Packaged {
  readonly variant: Variant;
  /** Path of the template. */
  readonly file: string;
  readonly template: unknown;
  readonly context: TemplateContext;
}

/** Packages the variants of the given names; all without a name. */
export async function packageVariants(...names: readonly string[]): Promise<readonly Packaged[]> {
  const wanted = VARIANTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const packaged: Packaged[] = [];
  // One after the other: a build takes all processors there are.
  for (const variant of wanted) packaged.push(await packageVariant(variant));
  return packaged;
}

async function packageVariant(variant: Variant): Promise<Packaged> {
  const folder = join(REHEARSAL_FOLDER, "template", `${variant.name.replaceAll(" ", "-")}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const params = variant.params.flatMap((param) => ["--param", param]);
  const run = await runServerless(["package", "--package", folder, "--stage", variant.stage, ...params]);
  if (run.code !== 0) throw new Error(`stage variant \`${variant.name}\` does not package:\n${run.output}`);
  const file = join(folder, "cloudformation-template-update-stack.json");
  const template: unknown = JSON.parse(readFileSync(file, "utf8"));
  return {
    variant,
    file,
    template,
    context: { publicRoutes: publicRoutesOf(samplePolicy()), keepsUsers: variant.keepsUsers },
  };
}
