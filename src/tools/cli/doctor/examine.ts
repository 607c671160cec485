import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lintDirectory, switchesOf } from "../../checking/lint-directory.ts";
import { hasCredentials } from "../../deployment/aws/stack-reader.ts";
import { compareDeployment } from "../../deployment/compare-deployment.ts";
import { type Comparison, comparisonsOn, withSwitches } from "../../deployment/comparison.ts";
import type { Packaged } from "../../deployment/deployed-stage.ts";
import { keepsUsers } from "../../deployment/keeps-users.ts";
import { packageService, readPackage, type ServicePackage } from "../../deployment/package-service.ts";
import { readDeployment } from "../../deployment/read-deployment.ts";
import type { Switches } from "../../findings/switched.ts";
import { CommandError } from "../../machine/command-error.ts";
import { findFramework, type StageOptions } from "../../service/framework.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import { checkTemplate } from "../../template-checks/check-template.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { machineComparisons } from "./machine-comparisons.ts";
import { policyFacts } from "./policy-facts.ts";
import type { DoctorReport } from "./report.ts";
import { policyComparisons, refusedComparisons, templateComparisons } from "./service-comparisons.ts";

export interface DoctorArguments extends StageArguments {
  readonly offline?: true;
  readonly package?: string;
}

/** Compares a stage with this checkout: this machine, the policy and the service, then what is deployed. */
export async function examine(context: Context, options: DoctorArguments): Promise<DoctorReport> {
  const { directory, output } = context;
  const machine = machineComparisons(process.version, findFramework(directory));
  output.progress(
    `Packaging the service${options.stage === undefined ? "" : ` for stage ${options.stage}`} ...`,
  );
  const variant = { directory, stage: options.stage, region: options.region, params: options.param };
  const [service, built] = await Promise.all([
    settled(() => resolveService(variant)),
    settled(() => packageOf(variant, options)),
  ]);
  if (service instanceof CommandError) {
    return reportOf(undefined, "serverless.yml cannot be resolved", [
      ...machine,
      ...refusedComparisons(service),
    ]);
  }
  const policies = join(directory, "policies");
  const about = comparisonsOn("service");
  const lint = lintDirectory(policies, service.service);
  const local = [
    ...machine,
    about.ok("service-refused", `serverless.yml resolves for stage ${service.stage}`),
    ...policyComparisons(lint),
  ];
  if (built instanceof CommandError) {
    // Packaging stops at the policy, whose findings are already in the report.
    const refused =
      lint.errors.length > 0
        ? [about.skipped("service-refused", "errors in the policy prevent packaging")]
        : refusedComparisons(built);
    return reportOf(service, "there is no package to compare with", [...local, ...refused]);
  }
  const packaged: Packaged = { ...built, ...policyFacts(policies) };
  const switches = switchesOf(policies);
  const checked = [
    ...local,
    about.ok("service-refused", "the service packages"),
    ...packagedComparisons(packaged, switches),
  ];
  if (options.offline !== true) output.progress("Looking for AWS credentials ...");
  const why = await reasonNotToCompare(options, service);
  if (why !== undefined) return reportOf(service, why, checked);
  output.progress(`Reading the stack ${service.stackName} in ${service.region} ...`);
  return compared(service, packaged, switches, checked);
}

/** The result, or the error where the framework refused. */
async function settled<T>(work: () => Promise<T>): Promise<T | CommandError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError && error.code === "service_unresolved") return error;
    throw error;
  }
}

async function packageOf(variant: StageOptions, options: DoctorArguments): Promise<ServicePackage> {
  if (options.package !== undefined) return readPackage(resolve(variant.directory, options.package));
  const folder = mkdtempSync(join(tmpdir(), "claimgate-doctor-"));
  try {
    return await packageService(variant, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packagedComparisons({ template, publicRoutes }: Packaged, switches: Switches): Comparison[] {
  const context = { publicRoutes, keepsUsers: keepsUsers(template) };
  return templateComparisons(checkTemplate(template.json, context, switches));
}

async function reasonNotToCompare(
  options: DoctorArguments,
  { region }: ResolvedService,
): Promise<string | undefined> {
  if (options.offline === true) return "`--offline` was given";
  return (await hasCredentials(region)) ? undefined : "no AWS credentials were found";
}

async function compared(
  service: ResolvedService,
  packaged: Packaged,
  switches: Switches,
  local: readonly Comparison[],
): Promise<DoctorReport> {
  const { stage, region, stackName } = service;
  const sides = await readDeployment({ stage, region, stackName, packaged });
  if (sides === undefined) {
    const missing = comparisonsOn("stack").wrong("fail", "stack-missing", {
      message: `there is no stack ${stackName} in ${region}`,
      fix: `run \`npx sls deploy --stage ${stage}\`, or give another \`--region\``,
    });
    return reportOf(service, null, [...local, missing]);
  }
  const deployed = withSwitches(compareDeployment(sides), switches);
  const comparisons = [...local, ...deployed];
  return reportOf(service, null, comparisons, sides.deployment.userPoolId);
}

function reportOf(
  service: ResolvedService | undefined,
  notCompared: string | null,
  comparisons: readonly Comparison[],
  userPoolId?: string,
): DoctorReport {
  return {
    stage: service?.stage ?? null,
    region: service?.region ?? null,
    stack: service?.stackName ?? null,
    userPoolId: userPoolId ?? null,
    notCompared,
    comparisons,
  };
}
