import type { Refusal } from "../../deployment/pool-update/plan.ts";
import type { TriggerChange } from "../../deployment/pool-update/trigger-change.ts";
import type { PoolChangeJson } from "./attach-contract.ts";

/** The type of what `attach` and `detach` print with `--format json`. */
export interface PoolChangeReport extends PoolChangeJson {
  readonly changes: readonly TriggerChange[];
  readonly refusals: readonly Refusal[];
}
