import type { Refusal } from "../../deployment/pool-update/plan.ts";
import type { TriggerChange } from "../../deployment/pool-update/trigger-change.ts";
import type { PoolChangeJson } from "../terminal/json-contract.ts";

/** What `attach` and `detach` print with `--format json`, as it is known here. */
export interface PoolChangeReport extends PoolChangeJson {
  readonly changes: readonly TriggerChange[];
  readonly refusals: readonly Refusal[];
}
