import { apiChecks } from "./api-checks.ts";
import type { Check } from "./check.ts";
import { clientChecks } from "./client-checks.ts";
import type { Comparison } from "./comparison.ts";
import { functionChecks } from "./function-checks.ts";
import { groupChecks } from "./group-checks.ts";
import { poolChecks } from "./pool-checks.ts";
import { stackChecks } from "./stack-checks.ts";
import { triggerChecks } from "./trigger-checks.ts";

/** Everything that can be told of a deployment by holding it against what would be deployed. */
export function compareDeployment(comparison: Comparison): Check[] {
  return [
    ...stackChecks(comparison),
    ...poolChecks(comparison),
    ...triggerChecks(comparison),
    ...groupChecks(comparison),
    ...clientChecks(comparison),
    ...apiChecks(comparison),
    ...functionChecks(comparison),
  ];
}
