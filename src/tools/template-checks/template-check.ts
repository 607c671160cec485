import type { Template } from "../cloudformation/template.ts";

/** The input of a check besides the template. */
export interface TemplateContext {
  /** The routes that the policy calls public, spelled as the policy spells them: `GET /health`. */
  readonly publicRoutes: ReadonlySet<string>;
  /** Whether the stage's users must survive a deleted stack: the pool is protected and retained. */
  readonly keepsUsers: boolean;
}

/** One problem that a check found; the runner adds the check's id. */
export interface TemplateProblem {
  /** Logical id of the resource or output; `Resources` or `Conditions` for a whole section. */
  readonly resource: string;
  /**
   * The place in it: below `Properties` for a resource, e.g. `LambdaConfig.PreTokenGenerationConfig.LambdaVersion`;
   * empty for the resource as a whole.
   */
  readonly property: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * One check of a packaged template: one file in src/tools/template-checks/checks, one test, one page in docs/rules.
 * Every finding is an error: a check reports nothing that only might be wrong.
 */
export interface TemplateCheck {
  /** Kebab-case, stable; the id of the lint rule that finds the same danger in serverless.yml, if there is one. */
  readonly id: string;
  /** One line: what it finds. Left out if a lint rule of this id describes it. */
  readonly summary?: string;
  readonly check: (template: Template, context: TemplateContext) => Iterable<TemplateProblem>;
}
