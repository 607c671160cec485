import { type FSWatcher, watch } from "node:fs";
import { PolicyError, printFinding } from "../policy/finding.ts";
import { loadEdited } from "../runtime/policy-directory.ts";

/** What became of an edit. */
export type PolicyEdit =
  | { readonly kind: "accepted"; readonly version: string }
  | { readonly kind: "refused"; readonly findings: readonly string[] };

/** Editors write a file in several steps; what follows within this time is one edit. */
const SETTLED_MS = 100;

/**
 * Says what becomes of each edit of the policy, as soon as it is saved. The functions read the files by
 * themselves, by the same rules: an edit that is refused here leaves their last good policy in force.
 * @returns stops watching
 */
export function watchPolicies(directory: string, onEdit: (edit: PolicyEdit) => void): () => void {
  let last = JSON.stringify(judge(directory));
  let settled: NodeJS.Timeout | undefined;
  const look = () => {
    const edit = judge(directory);
    const text = JSON.stringify(edit);
    if (text === last) return;
    last = text;
    onEdit(edit);
  };
  const watcher = watchDirectory(directory, () => {
    clearTimeout(settled);
    settled = setTimeout(look, SETTLED_MS);
  });
  return () => {
    clearTimeout(settled);
    watcher?.close();
  };
}

function judge(directory: string): PolicyEdit {
  try {
    return { kind: "accepted", version: loadEdited(directory).version };
  } catch (error) {
    if (error instanceof PolicyError) return { kind: "refused", findings: error.findings.map(printFinding) };
    return { kind: "refused", findings: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Without a watcher (a full table of them, say) edits still take effect; only nobody says so. */
function watchDirectory(directory: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { recursive: true }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
