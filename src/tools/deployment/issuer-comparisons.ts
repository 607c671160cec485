import { type JsonObject, objectOf, textOf } from "../../json.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import type { DeployedPool } from "./deployed-stage.ts";
import { authorizerVariables, listVariable } from "./deployed-variables.ts";

/**
 * The issuer form and the replicas of the pool against what each deployed authorizer accepts. Only in the original form
 * does a token name the region of the replica that issued it (src/token/issuer.ts).
 */
export function issuerComparisons({ deployment }: BothSides): Comparison[] {
  const pool = deployment.pool.read ? deployment.pool.value : undefined;
  if (pool === undefined) return [];
  const form = formOf(pool.settings);
  return authorizerVariables(deployment)
    .filter(({ variables }) => variables["CLAIMGATE_USER_POOL_ID"] === deployment.userPoolId)
    .flatMap(({ id, variables }) => [
      formComparison(id, form, variables),
      ...replicaComparisons(id, form, pool.replicas, listVariable(variables, "CLAIMGATE_ADDITIONAL_REGIONS")),
    ]);
}

/** `original` or `updated`, as `CLAIMGATE_ISSUER_FORMS` has it. A pool without the setting was never switched. */
function formOf(settings: JsonObject): string {
  return (textOf(objectOf(settings["IssuerConfiguration"])["Type"]) ?? "ORIGINAL").toLowerCase();
}

function formComparison(id: string, form: string, variables: JsonObject): Comparison {
  const about = comparisonsOn("functions", id);
  const forms = listVariable(variables, "CLAIMGATE_ISSUER_FORMS");
  const accepted = forms.length === 0 ? ["original"] : forms;
  if (accepted.includes(form))
    return about.ok("issuer-not-accepted", `it accepts issuers of the ${form} form`);
  return about.wrong("fail", "issuer-not-accepted", {
    message: `the pool issues tokens in the ${form} form, which it refuses`,
    found: accepted,
    expected: [form],
    fix: `add \`${form}\` to CLAIMGATE_ISSUER_FORMS and deploy`,
  });
}

function replicaComparisons(
  id: string,
  form: string,
  replicas: DeployedPool["replicas"],
  configured: readonly string[],
): Comparison[] {
  const about = comparisonsOn("functions", id);
  if (!replicas.read) return [about.unread("replica-missing", replicas.why)];
  const missing = configured.filter((region) => !replicas.value.includes(region));
  const refused = form === "original" ? replicas.value.filter((region) => !configured.includes(region)) : [];
  return [
    ...refused.map((region) =>
      about.wrong("fail", "issuer-not-accepted", {
        message: `it refuses the tokens of the replica in ${region}, so users who sign in during a failover get 401`,
        fix: `add \`${region}\` to CLAIMGATE_ADDITIONAL_REGIONS and deploy`,
      }),
    ),
    ...missing.map((region) =>
      about.wrong("warn", "replica-missing", {
        message: `it accepts tokens of ${region}, where the pool has no replica`,
        fix: `create the replica, or remove \`${region}\` from CLAIMGATE_ADDITIONAL_REGIONS and deploy`,
      }),
    ),
    ...(missing.length + refused.length === 0
      ? [about.ok("replica-missing", "it accepts the regions that the pool has")]
      : []),
  ];
}
