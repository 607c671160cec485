import type { Template } from "../cloudformation/template.ts";

/** What a check is told beside the template. */
export interface TemplateContext {
  /** The routes that the policy calls public, spelled as the policy spells them: `GET /health`. */
  readonly publicRoutes: ReadonlySet<string>;
  /** Whether the stage's users must survive a deleted stack: the pool is protected and retained. */
  readonly keepsUsers: boolean;
}

/** One thing that a check found; the check's id is added by whoever runs it. */
export interface TemplateProblem {
  /** Logical id of the resource or output; `Resources` or `Conditions` where it is the whole section. */
  readonly resource: string;
  /**
   * Where in it: below `Properties` for a resource, e.g. `LambdaConfig.PreTokenGenerationConfig.LambdaVersion`;
   * empty where the resource as a whole is meant.
   */
  readonly property: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * One check of a packaged template: one file in src/tools/template-checks/checks, one test, one page in docs/rules.
 * Every finding is an error: nothing that only might be wrong is checked.
 */
export interface TemplateCheck {
  /** Kebab-case, stable; that of the lint rule where one finds the same danger in serverless.yml. */
  readonly id: string;
  /** One line: what it finds. Left out where a lint rule of this id says it. */
  readonly summary?: string;
  readonly check: (template: Template, context: TemplateContext) => Iterable<TemplateProblem>;
}
