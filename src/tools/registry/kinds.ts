import { kindsOf } from "../findings/kind.ts";
import { LOADER_RULES } from "../lint/loader-rules.ts";
import { RULES } from "../lint/registry.ts";

/** Everything that can be found, sorted by id. */
export const KINDS = kindsOf(
  {
    editing: [...LOADER_RULES, ...RULES],
    packaging: [],
    deployed: [],
  },
  new Set(LOADER_RULES.map(({ id }) => id)),
);
