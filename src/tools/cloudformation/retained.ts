import type { Resource } from "./template.ts";

/**
 * Whether a resource stays in the account when it leaves the template (CloudFormation template reference,
 * "DeletionPolicy"; `RetainExceptOnCreate` deletes only what a failed first deployment made).
 */
export function isRetained({ deletionPolicy }: Resource): boolean {
  return deletionPolicy === "Retain" || deletionPolicy === "RetainExceptOnCreate";
}
