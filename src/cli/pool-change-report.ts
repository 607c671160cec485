import type { AttributeWriter } from "../analysis/pool-update/marker.ts";
import type { Refusal } from "../analysis/pool-update/plan.ts";
import type { SettingDifference } from "../analysis/pool-update/pool-difference.ts";
import type { TriggerChange } from "../analysis/pool-update/trigger-change.ts";

/** What `attach` and `detach` print with `--format json`; docs/cli.md describes it. */
export interface PoolChangeReport {
  readonly command: "attach" | "detach";
  readonly stage: string;
  readonly region: string;
  readonly stack: string;
  readonly userPoolId: string;
  /**
   * `planned`: a dry run; `unchanged`: there was nothing to do; `changed`: done, and seen to be done;
   * `refused`: nothing was done; `differs`: done, but the pool is not as it should be.
   */
  readonly outcome: "planned" | "unchanged" | "changed" | "refused" | "differs";
  readonly changes: readonly TriggerChange[];
  /** Whether the attribute `custom:claimgate_assigned` is missing, and is added. */
  readonly addsMarker: boolean;
  readonly refusals: readonly Refusal[];
  /** Things to know that stop nothing. */
  readonly notes: readonly string[];
  /** App clients whose users may write the marker attribute. */
  readonly markerWriters: readonly AttributeWriter[];
  /** The file with the former settings; null where nothing was changed. */
  readonly backup: string | null;
  /** In what the pool is not as planned. */
  readonly differences: readonly SettingDifference[];
}
