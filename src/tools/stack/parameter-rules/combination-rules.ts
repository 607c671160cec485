import { GATEWAY_COMBINATIONS } from "./gateway-combinations.ts";
import { IDENTITY_COMBINATIONS } from "./identity-combinations.ts";
import type { CombinationRule } from "./parameter-combinations.ts";
import { POOL_COMBINATIONS } from "./pool-combinations.ts";
import { TOKEN_COMBINATIONS } from "./token-combinations.ts";
import { TRIGGER_COMBINATIONS } from "./trigger-combinations.ts";

/** All checks of the parameters together; `sls` runs them before anything is built. */
export const COMBINATION_RULES: readonly CombinationRule[] = [
  ...TRIGGER_COMBINATIONS,
  ...POOL_COMBINATIONS,
  ...GATEWAY_COMBINATIONS,
  ...IDENTITY_COMBINATIONS,
  ...TOKEN_COMBINATIONS,
];
