import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import type { BothSides } from "./both-sides.ts";
import { differencesFrom, sameAsSet } from "./compare-values.ts";
import { type Comparison, type ComparisonMaker, comparisonsOn } from "./comparison.ts";
import type { Artefact, DeployedFunction } from "./deployed-stage.ts";
import { POLICY_VERSION, policyVersionIn } from "./policy-version.ts";

/** The functions: that they exist and run, their code with its policy, environment and settings. */
export function functionComparisons(sides: BothSides): Comparison[] {
  return resourcesOf(sides.packaged.template, "AWS::Lambda::Function").flatMap((resource) => {
    const about = comparisonsOn("functions", resource.id);
    const reading = sides.deployment.functions.get(resource.id);
    if (reading === undefined || (reading.read && reading.value === undefined)) {
      return [about.wrong("fail", "function-missing", { message: "it is not deployed", fix: sides.deploy })];
    }
    if (!reading.read) return [about.unread("function-missing", reading.why)];
    return reading.value === undefined ? [] : comparisonsOf(sides, resource, reading.value, about);
  });
}

function comparisonsOf(
  sides: BothSides,
  resource: Resource,
  deployed: DeployedFunction,
  about: ComparisonMaker,
): Comparison[] {
  const { configuration } = deployed;
  const artefact = sides.packaged.artefacts.get(resource.id);
  return [
    about.ok("function-missing", `it is ${String(configuration["FunctionName"])}`),
    stateComparison(configuration, about),
    ...(artefact === undefined ? [] : codeComparisons(sides, artefact, deployed, about)),
    environmentComparison(sides, resource, configuration, about),
    settingsComparison(sides, resource, configuration, about),
    ...leniencyComparisons(configuration, about),
  ];
}

function stateComparison(configuration: JsonObject, about: ComparisonMaker): Comparison {
  const state = textOf(configuration["State"]) ?? "Active";
  const update = textOf(configuration["LastUpdateStatus"]) ?? "Successful";
  // The next call starts an idle function again.
  if (["Active", "Inactive"].includes(state) && update === "Successful") {
    return about.ok("function-unsettled", `it is ${state}`);
  }
  const reason = textOf(configuration["StateReason"]) ?? textOf(configuration["LastUpdateStatusReason"]);
  return about.wrong(update === "InProgress" || state === "Pending" ? "warn" : "fail", "function-unsettled", {
    message: `it is ${state}, and its last update ${update}${reason === undefined ? "" : `: ${reason}`}`,
    fix:
      update === "InProgress"
        ? "wait for the update to end and run doctor again"
        : "deploy again, or look at the function in the Lambda console",
  });
}

/** The code may differ without effect on decisions; a different policy changes them. */
function codeComparisons(
  { deploy }: BothSides,
  artefact: Artefact,
  { configuration }: DeployedFunction,
  about: ComparisonMaker,
): Comparison[] {
  const found = textOf(configuration["CodeSha256"]) ?? "";
  const policy =
    artefact.policyVersion === undefined
      ? []
      : [policyComparison(artefact.policyVersion, policyVersionIn(configuration), deploy, about)];
  if (found === artefact.sha256) {
    return [about.ok("function-outdated", "its code is that of this checkout"), ...policy];
  }
  const differs = about.wrong("warn", "function-outdated", {
    message: "its code differs from this checkout",
    found,
    expected: artefact.sha256,
    fix: deploy,
  });
  return [differs, ...policy];
}

function policyComparison(
  expected: string,
  found: string | undefined,
  deploy: string,
  about: ComparisonMaker,
): Comparison {
  if (found === expected) return about.ok("function-policy", `it decides by policy ${expected}`);
  return about.wrong("fail", "function-policy", {
    message:
      found === undefined
        ? "it does not say which policy it decides by: an older version of claimgate deployed it"
        : "it decides by a policy other than the one in this checkout",
    found: found ?? null,
    expected,
    fix: deploy,
  });
}

/** Only the names: a value may be a secret. */
function environmentComparison(
  { resolve, deploy }: BothSides,
  { properties }: Resource,
  configuration: JsonObject,
  about: ComparisonMaker,
): Comparison {
  const found = objectOf(objectOf(configuration["Environment"])["Variables"]);
  const wanted = objectOf(objectOf(properties["Environment"])["Variables"]);
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])]
    // The policy version has a comparison of its own.
    .filter((name) => name !== POLICY_VERSION)
    .sort();
  const wrong = names.filter((name) => {
    const value = wanted[name] === undefined ? undefined : resolve(wanted[name]);
    return value !== UNRESOLVED && !sameAsSet(value, found[name]);
  });
  if (wrong.length === 0) return about.ok("function-setting", "its environment is as in the template");
  return about.wrong("fail", "function-setting", {
    message: `environment variables differ from the template: ${wrong.join(", ")}`,
    fix: `they were changed by hand or never deployed; ${deploy}`,
  });
}

/** A temporary setting that allows denied requests, and is easily forgotten. */
const LENIENT = [
  {
    variable: "CLAIMGATE_REPORT_ONLY",
    value: "true",
    id: "report-only",
    message: "it only reports: requests that the policy denies are allowed",
    fix: "count the lines with `wouldDeny`, then deploy with the stage parameter reportOnly set to false",
  },
  {
    variable: "CLAIMGATE_REVOCATION_ON_FAILURE",
    value: "open",
    id: "revocation-fails-open",
    message: "revoked tokens are accepted while the revocation list cannot be read",
    fix: "set CLAIMGATE_REVOCATION_ON_FAILURE to closed in serverless.yml and deploy, unless it is meant so",
  },
] as const;

function leniencyComparisons(configuration: JsonObject, about: ComparisonMaker): Comparison[] {
  const variables = objectOf(objectOf(configuration["Environment"])["Variables"]);
  return LENIENT.filter(({ variable, value }) => variables[variable] === value).map(({ id, message, fix }) =>
    about.wrong("warn", id, { message, fix }),
  );
}

const SETTINGS = [
  "Runtime",
  "Handler",
  "Timeout",
  "MemorySize",
  "Architectures",
  "ReservedConcurrentExecutions",
];

function settingsComparison(
  { resolve, deploy }: BothSides,
  { properties }: Resource,
  configuration: JsonObject,
  about: ComparisonMaker,
): Comparison {
  const wanted = SETTINGS.flatMap((name) => {
    const value = resolve(properties[name]);
    // Another call returns the reserved concurrency.
    return value === undefined || value === UNRESOLVED || !Object.hasOwn(configuration, name)
      ? []
      : [[name, value]];
  });
  const [first] = differencesFrom(Object.fromEntries(wanted), configuration);
  if (first === undefined)
    return about.ok("function-setting", "runtime, handler, memory and timeout are as in the template");
  return about.wrong("fail", "function-setting", {
    message: `its ${first.path} differs from the template`,
    found: first.found ?? null,
    expected: first.expected,
    fix: `it was changed by hand or never deployed; ${deploy}`,
  });
}
