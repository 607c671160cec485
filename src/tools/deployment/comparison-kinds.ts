import type { Severity } from "../findings/finding.ts";

interface ComparisonKind {
  /**
   * Kebab-case, stable; the id of the lint rule or template check that finds the same danger earlier, if there is one.
   */
  readonly id: string;
  /** Its usual severity; `doctor` downgrades what may be intended. */
  readonly severity?: Severity;
  /** What is wrong if the comparison finds a difference. Left out if a rule or check of this id describes it. */
  readonly summary?: string;
}

/** What `doctor` can find, sorted by id. docs/rules has a page for each. */
export const COMPARISON_KINDS = [
  {
    id: "audience-unchecked",
    severity: "warning",
    summary: "a deployed authorizer that does not check `aud`, where tokens may name another API in it",
  },
  {
    id: "authorizer-missing",
    severity: "error",
    summary: "an authorizer of the template that the deployed API does not have",
  },
  {
    id: "authorizer-setting",
    severity: "error",
    summary: "a deployed authorizer that differs from the template",
  },
  { id: "cache-reuses-answers" },
  {
    id: "client-missing",
    severity: "error",
    summary: "an app client of the template or of the authorizers that the user pool does not have",
  },
  {
    id: "client-setting",
    severity: "error",
    summary: "a deployed app client that differs from the template",
  },
  { id: "client-writes" },
  { id: "directory-attribute-shared" },
  {
    id: "directory-attribute-unmapped",
    severity: "error",
    summary: "a directory whose identity provider does not map the attribute with its groups",
  },
  { id: "directory-attribute-writable" },
  { id: "function-missing", severity: "error", summary: "a function of the template that is not deployed" },
  {
    id: "function-outdated",
    severity: "warning",
    summary: "a deployed function whose code differs from what this checkout packages",
  },
  {
    id: "function-policy",
    severity: "error",
    summary: "a deployed function that decides by a policy other than the one in this checkout",
  },
  {
    id: "function-setting",
    severity: "error",
    summary: "a deployed function whose environment or settings differ from the template",
  },
  {
    id: "function-unsettled",
    severity: "error",
    summary: "a deployed function that cannot run, or whose last update failed",
  },
  { id: "group-never-named" },
  { id: "group-not-created" },
  {
    id: "group-setting",
    severity: "error",
    summary: "a group of the user pool whose role, precedence or description differs from the template",
  },
  {
    id: "issuer-not-accepted",
    severity: "error",
    summary: "a deployed authorizer that refuses tokens of its user pool, or of a replica of it",
  },
  { id: "missing-permission" },
  {
    id: "pool-attribute-missing",
    severity: "error",
    summary: "a user pool without an attribute that the template or claimgate needs",
  },
  {
    id: "pool-missing",
    severity: "error",
    summary: "a stack without a user pool, or with a deleted one",
  },
  {
    id: "pool-setting",
    severity: "error",
    summary: "a user pool whose settings or second factors differ from the template",
  },
  { id: "pool-tier" },
  {
    id: "replica-missing",
    severity: "warning",
    summary: "a deployed authorizer that accepts tokens of a region where the user pool has no replica",
  },
  {
    id: "report-only",
    severity: "warning",
    summary: "a deployed authorizer that only reports requests that the policy denies",
  },
  {
    id: "revocation-fails-open",
    severity: "warning",
    summary: "a deployed authorizer that accepts revoked tokens while the revocation list cannot be read",
  },
  { id: "route-decided-elsewhere" },
  { id: "route-foreign", severity: "warning", summary: "a deployed route that the template does not have" },
  { id: "route-not-deployed" },
  { id: "route-without-authorizer" },
  {
    id: "service-refused",
    severity: "error",
    summary: "a serverless.yml that the framework cannot resolve or package",
  },
  { id: "stack-missing", severity: "error", summary: "a stage whose stack is not deployed" },
  {
    id: "stack-outdated",
    severity: "warning",
    summary: "a deployed template that differs from the one that this checkout packages",
  },
  {
    id: "stack-replacement",
    severity: "error",
    summary: "a deployment that would replace or delete what users or apps depend on",
  },
  {
    id: "stack-unsettled",
    severity: "error",
    summary: "a stack that is being updated, or whose last deployment failed",
  },
  {
    id: "trigger-detached",
    severity: "error",
    summary: "a trigger that the user pool does not invoke, or that invokes another function",
  },
  {
    id: "trigger-foreign",
    severity: "warning",
    summary: "a trigger of the user pool that the template does not have",
  },
  {
    id: "trigger-version",
    severity: "error",
    summary: "a pre-token-generation trigger whose version is not the one in the template",
  },
  {
    id: "unsupported-version",
    severity: "error",
    summary: "a version of Node or of the framework that claimgate does not support",
  },
] as const satisfies readonly ComparisonKind[];

export type ComparisonId = (typeof COMPARISON_KINDS)[number]["id"];
