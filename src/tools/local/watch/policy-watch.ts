import { messageOf } from "../../../errors.ts";
import { PolicyError, printFindings } from "../../../policy/finding.ts";
import type { GroupConfig } from "../../cognito/config/pool-config.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { stateOf } from "../../machine/policy-files.ts";
import { type GoodPolicy, loadEdited } from "../last-good-policy.ts";
import { groupsOfPolicy } from "../pool/policy-groups.ts";
import { watchSettled } from "./settled-watch.ts";

/** The result of an edit. */
export type PolicyEdit =
  | { readonly kind: "accepted"; readonly version: string; readonly groups: readonly GroupConfig[] }
  | { readonly kind: "refused"; readonly findings: readonly string[] };

/**
 * Reports the result of each edit of the policy as soon as it is saved. The functions read the files themselves, by
 * the same rules: an edit that is refused here leaves their last good policy in force.
 * @param keep receives each good policy before it is reported, for functions that have not loaded one
 * @param since the {@link policyStamp} of the known state
 * @returns stops watching
 */
export function watchPolicies(
  directory: string,
  onEdit: (edit: PolicyEdit) => void,
  keep: (good: GoodPolicy) => void,
  since: string = policyStamp(directory),
): () => void {
  const judgeNow = () => {
    const { edit, good } = judge(directory);
    if (good !== undefined) keep(good);
    return edit;
  };
  // Compared after reading: any change in the meantime is reported.
  const judged = JSON.stringify(judgeNow());
  let said = policyStamp(directory) === since ? judged : "";
  return watchSettled(
    () => policyStamp(directory),
    () => {
      const edit = judgeNow();
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

function judge(directory: string): { readonly edit: PolicyEdit; readonly good?: GoodPolicy } {
  try {
    const good = loadEdited(directory);
    // groups.yaml changes no decision, only the contents of the user pool.
    const groups = groupsOfPolicy(directory, []);
    return { good, edit: { kind: "accepted", version: good.policy.version, groups } };
  } catch (error) {
    const findings = error instanceof PolicyError ? printFindings(error.findings) : [whyNotRead(error)];
    return { edit: { kind: "refused", findings } };
  }
}
