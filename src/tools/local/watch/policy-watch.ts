import { messageOf } from "../../../errors.ts";
import { PolicyError, printFindings } from "../../../policy/finding.ts";
import { stateOf } from "../../machine/policy-files.ts";
import { loadEdited } from "../policy-directory.ts";
import { groupsOfPolicy } from "../pool/policy-groups.ts";
import type { GroupPlan } from "../pool/pool-plan.ts";
import { watchSettled } from "./settled-watch.ts";

/** The result of an edit. */
export type PolicyEdit =
  | { readonly kind: "accepted"; readonly version: string; readonly groups: readonly GroupPlan[] }
  | { readonly kind: "refused"; readonly findings: readonly string[] };

/**
 * Reports the result of each edit of the policy as soon as it is saved. The functions read the files themselves, by
 * the same rules: an edit that is refused here leaves their last good policy in force.
 * @param since the {@link policyStamp} of the known state
 * @returns stops watching
 */
export function watchPolicies(
  directory: string,
  onEdit: (edit: PolicyEdit) => void,
  since: string = policyStamp(directory),
): () => void {
  // Compared after reading: any change in the meantime is reported.
  const judged = JSON.stringify(judge(directory));
  let said = policyStamp(directory) === since ? judged : "";
  return watchSettled(
    () => policyStamp(directory),
    () => {
      const edit = judge(directory);
      const text = JSON.stringify(edit);
      if (text !== said) onEdit(edit);
      said = text;
    },
    since,
  );
}

/** Differs between two states of the policy's files. */
export function policyStamp(directory: string): string {
  try {
    return stateOf(directory).stamp;
  } catch (error) {
    return messageOf(error);
  }
}

function judge(directory: string): PolicyEdit {
  try {
    // groups.yaml changes no decision, only the contents of the user pool.
    return {
      kind: "accepted",
      version: loadEdited(directory).version,
      groups: groupsOfPolicy(directory, []),
    };
  } catch (error) {
    if (error instanceof PolicyError) return { kind: "refused", findings: printFindings(error.findings) };
    return { kind: "refused", findings: [messageOf(error)] };
  }
}
