import { apiComparisons } from "./api-comparisons.ts";
import { audienceComparisons } from "./audience-comparisons.ts";
import type { BothSides } from "./both-sides.ts";
import { clientComparisons } from "./client-comparisons.ts";
import type { Comparison } from "./comparison.ts";
import { functionComparisons } from "./function-comparisons.ts";
import { groupComparisons } from "./group-comparisons.ts";
import { issuerComparisons } from "./issuer-comparisons.ts";
import { poolComparisons } from "./pool-comparisons.ts";
import { stackComparisons } from "./stack-comparisons.ts";
import { triggerComparisons } from "./trigger-comparisons.ts";

/** All comparisons of a deployment with what would be deployed. */
export function compareDeployment(sides: BothSides): Comparison[] {
  return [
    ...stackComparisons(sides),
    ...poolComparisons(sides),
    ...triggerComparisons(sides),
    ...groupComparisons(sides),
    ...clientComparisons(sides),
    ...apiComparisons(sides),
    ...functionComparisons(sides),
    ...issuerComparisons(sides),
    ...audienceComparisons(sides),
  ];
}
