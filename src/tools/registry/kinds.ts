import { COMPARISON_KINDS } from "../deployment/comparison-kinds.ts";
import { kindsOf } from "../findings/kind.ts";
import { LOADER_RULES } from "../lint/loader-rules.ts";
import { RULES } from "../lint/registry.ts";
import { ENVIRONMENT_KINDS } from "../stack/function-environment.ts";
import { PROVIDER_KINDS } from "../stack/identity-providers.ts";
import { PARAMETER_KINDS } from "../stack/parameter-rules/parameter-findings.ts";
import { SERVICE_KINDS } from "../stack/service-kinds.ts";
import { SETTING_KINDS } from "../stack/setting-kinds.ts";
import { TEMPLATE_CHECKS } from "../template-checks/registry.ts";

/** Everything that can be found, sorted by id. */
export const KINDS = kindsOf(
  {
    editing: [...LOADER_RULES, ...RULES],
    packaging: [
      ...TEMPLATE_CHECKS.map(({ id, summary }) => ({ id, summary, severity: "error" as const })),
      ...PARAMETER_KINDS,
      ...ENVIRONMENT_KINDS,
      ...PROVIDER_KINDS,
      ...SETTING_KINDS,
      ...SERVICE_KINDS,
      // Findings about notes at resources.
      { id: "ignore-unused" },
      { id: "row-note" },
    ],
    deployed: COMPARISON_KINDS,
  },
  new Set(
    [
      ...LOADER_RULES,
      ...PARAMETER_KINDS,
      ...ENVIRONMENT_KINDS,
      ...PROVIDER_KINDS,
      ...SETTING_KINDS,
      ...SERVICE_KINDS,
    ].map(({ id }) => id),
  ),
);
