import { messageOf } from "../errors.ts";
import { PolicyError, printFinding } from "../policy/finding.ts";
import { loadEdited } from "../runtime/policy-directory.ts";
import { stateOf } from "../runtime/policy-files.ts";

/** What became of an edit. */
export type PolicyEdit =
  | { readonly kind: "accepted"; readonly version: string }
  | { readonly kind: "refused"; readonly findings: readonly string[] };

/** Looking costs a few calls of `stat`; a watcher of the file system loses files that an editor replaces. */
const INTERVAL_MS = 200;

/**
 * Says what becomes of each edit of the policy, as soon as it is saved. The functions read the files by
 * themselves, by the same rules: an edit that is refused here leaves their last good policy in force.
 * @returns stops watching
 */
export function watchPolicies(directory: string, onEdit: (edit: PolicyEdit) => void): () => void {
  let judged = stampOf(directory);
  let seen = judged;
  let said = JSON.stringify(judge(directory));
  const look = () => {
    const stamp = stampOf(directory);
    // Editors write a file in several steps; two looks at the same state are taken for the end of them.
    const settled = stamp === seen;
    seen = stamp;
    if (!settled || stamp === judged) return;
    judged = stamp;
    const edit = judge(directory);
    const text = JSON.stringify(edit);
    if (text !== said) onEdit(edit);
    said = text;
  };
  const timer = setInterval(look, INTERVAL_MS);
  return () => clearInterval(timer);
}

function stampOf(directory: string): string {
  try {
    return stateOf(directory).stamp;
  } catch (error) {
    return messageOf(error);
  }
}

function judge(directory: string): PolicyEdit {
  try {
    return { kind: "accepted", version: loadEdited(directory).version };
  } catch (error) {
    if (error instanceof PolicyError) return { kind: "refused", findings: error.findings.map(printFinding) };
    return { kind: "refused", findings: [messageOf(error)] };
  }
}
