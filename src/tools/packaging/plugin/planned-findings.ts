import { type JsonObject, objectOf } from "../../../json.ts";
import { switchesOf } from "../../checking/lint-directory.ts";
import { functionIds, poolOfEvent } from "../../cloudformation/logical-names.ts";
import { readTemplate } from "../../cloudformation/template.ts";
import { POLICY_VERSION } from "../../deployment/policy-version.ts";
import type { FileFinding, Finding } from "../../findings/finding.ts";
import { printPlace } from "../../findings/place.ts";
import type { ServiceSource } from "../../service/service-source.ts";
import { environmentFindings, type PlaceOf } from "../../stack/function-environment.ts";
import { refusedBeforeBuild, warnedOf } from "../../template-checks/refused.ts";
import { hasPolicyDirectory, missingPolicy, policyDirectory } from "./policy-files.ts";
import { poolFindings } from "./pool-findings.ts";
import { serviceFindings } from "./service-findings.ts";
import { readSettings, type Settings } from "./settings.ts";
import { withTriggers } from "./wired-triggers.ts";

/** What packaging with this plugin would refuse, as far as the resolved service tells. */
export interface PlannedFindings {
  readonly findings: readonly Finding[];
  /** Whether the policy of the settings is there: without it, the service has none of its groups and scopes. */
  readonly hasPolicy: boolean;
}

/**
 * The findings of packaging before anything is built: of the settings, and of the resources with the triggers wired.
 *
 * @param region where the stack is deployed
 * @throws SettingError for a setting with a wrong value
 */
export function plannedFindings(
  source: ServiceSource,
  {
    serviceDir,
    region,
    placeOf,
  }: { readonly serviceDir: string; readonly region: string; readonly placeOf: PlaceOf },
): PlannedFindings {
  const settings = readSettings(source.custom, placeOf, source.parameters);
  const resources = plannedResources(source, settings);
  const hasPolicy = hasPolicyDirectory(settings, serviceDir);
  const wrong = [
    ...serviceFindings(source, settings, { serviceDir, placeOf }),
    ...wrongVariables(source, placeOf),
  ];
  const wrongPool = poolFindings(settings, { resources, region });
  const findings = [...wrongPool, ...wrong];
  if (!hasPolicy) return { findings: [missingPolicy(settings).finding, ...findings], hasPolicy };
  // A template with a wrong pool cannot be wired.
  if (wrongPool.length > 0) return { findings, hasPolicy };
  const template = readTemplate(withTriggers({ Resources: resources }, settings));
  const switches = switchesOf(policyDirectory(settings, serviceDir));
  const refused = [...refusedBeforeBuild(template, switches), ...warnedOf(template, switches)];
  return {
    findings: [
      ...wrong,
      ...refused.map((finding): FileFinding => {
        const { resource, property } = finding.place;
        const below = property === "" ? [] : ["Properties", ...property.split(".")];
        const at = placeOf(["resources", "Resources", resource, ...below]);
        const message = `\`${printPlace(finding.place)}\` ${finding.message}`;
        return { ...finding, place: { kind: "file", ...at }, message };
      }),
    ],
    hasPolicy,
  };
}

function wrongVariables(
  { provider, functions, conditions: Conditions }: ServiceSource,
  placeOf: PlaceOf,
): readonly Finding[] {
  const definitions = Object.fromEntries(functions.map(({ name, definition }) => [name, definition]));
  try {
    return environmentFindings({ provider, functions: definitions, resources: { Conditions } }, placeOf);
  } catch (error) {
    // A condition that the resources do not define.
    if (!(error instanceof RangeError)) throw error;
    const place = { kind: "file", ...placeOf(["resources", "Conditions"]) } as const;
    return [{ id: "variable-value", severity: "error", place, message: error.message }];
  }
}

const POOL = "AWS::Cognito::UserPool";

/** The resources of the service, with the pools of its events and the triggers that the settings declare. */
function plannedResources({ resources, functions }: ServiceSource, { triggers }: Settings): JsonObject {
  const pools = functions.flatMap(({ events }) =>
    events.flatMap((event) => {
      const { pool, existing } = objectOf(event["cognitoUserPool"]);
      if (typeof pool !== "string" || existing === true) return [];
      return [[poolOfEvent(pool), { Type: POOL }] as const];
    }),
  );
  const declared = [...triggers.values()].map((key) => {
    const own = functions.find(({ name }) => name === key)?.environment;
    const Variables = { ...own, [POLICY_VERSION]: "" };
    const properties = { Environment: { Variables } };
    return [functionIds(key).function, { Type: "AWS::Lambda::Function", Properties: properties }] as const;
  });
  const events = new Set(pools.map(([id]) => id));
  // Without a type, it changes a resource that the framework adds, or is a macro.
  const written = [...resources.values()]
    .filter(({ id, type }) => type !== "" || events.has(id))
    .map(({ id, json }) => [id, { ...(events.has(id) && { Type: POOL }), ...json }] as const);
  return Object.fromEntries([...pools, ...declared, ...written]);
}
