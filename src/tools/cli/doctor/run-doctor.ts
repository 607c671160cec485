import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parsePolicy } from "../../../policy/parse.ts";
import { groupsNamed } from "../../access/named-subjects.ts";
import { hasCredentials } from "../../deployment/aws/stack-reader.ts";
import { type Check, checksOn } from "../../deployment/check.ts";
import { compareDeployment } from "../../deployment/compare-deployment.ts";
import type { Packaged } from "../../deployment/facts.ts";
import { keepsUsers } from "../../deployment/keeps-users.ts";
import { packageService, readPackage, type ServicePackage } from "../../deployment/package-service.ts";
import { readDeployment } from "../../deployment/read-deployment.ts";
import { CommandError } from "../../machine/command-error.ts";
import { lintDirectory } from "../../machine/lint-directory.ts";
import { readPolicyDirectory } from "../../machine/policy-files.ts";
import { findFramework, type StageOptions } from "../../service/framework.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import { checkTemplate } from "../../template-checks/check-template.ts";
import { publicRoutesOf } from "../../template-checks/public-routes.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { machineChecks } from "./machine-checks.ts";
import { printReport } from "./print-report.ts";
import { type DoctorReport, summarize } from "./report.ts";
import { policyChecks, refusedCheck, templateChecks } from "./service-checks.ts";

export interface DoctorArguments extends StageArguments {
  readonly offline?: true;
  readonly package?: string;
}

/** `claimgate doctor`. @throws CommandError where it could not run */
export async function runDoctor(context: Context, options: DoctorArguments): Promise<ExitCode> {
  const { output } = context;
  const report = await examine(context, options);
  if (output.format === "json") output.json(report);
  else printReport(output.screen, report, options.verbose === true);
  if (report.summary.fail > 0) return EXIT.no;
  return report.summary.unread > 0 ? EXIT.couldNotRun : EXIT.ok;
}

async function examine(context: Context, options: DoctorArguments): Promise<DoctorReport> {
  const { directory, output } = context;
  const machine = machineChecks(process.version, findFramework(directory));
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
      refusedCheck("serverless-yml", service),
    ]);
  }
  const local = [...machine, ...serviceChecks(directory, service, built)];
  if (built instanceof CommandError)
    return reportOf(service, "there is no package to compare it with", local);
  const why = await reasonNotToCompare(options, service);
  if (why !== undefined) return reportOf(service, why, local);
  output.progress(`Reading the stack ${service.stackName} in ${service.region} ...`);
  return compared(directory, service, built, local);
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

function serviceChecks(
  directory: string,
  service: ResolvedService,
  built: ServicePackage | CommandError,
): Check[] {
  const about = checksOn("service");
  const lint = lintDirectory(join(directory, "policies"), service.service);
  const resolved = about.ok("serverless-yml", `serverless.yml resolves for stage ${service.stage}`);
  if (!(built instanceof CommandError)) {
    const context = {
      publicRoutes: policyFacts(directory).publicRoutes,
      keepsUsers: keepsUsers(built.template),
    };
    return [
      resolved,
      ...policyChecks(lint),
      about.ok("package", "the service packages"),
      ...templateChecks(checkTemplate(built.template.json, context).findings),
    ];
  }
  // Packaging stops at the policy, which has been told already.
  const refused =
    lint.errors.length > 0
      ? about.skipped("package", "the policy keeps it from packaging")
      : refusedCheck("package", built);
  return [resolved, ...policyChecks(lint), refused];
}

async function reasonNotToCompare(
  options: DoctorArguments,
  { region }: ResolvedService,
): Promise<string | undefined> {
  if (options.offline === true) return "--offline was given";
  return (await hasCredentials(region)) ? undefined : "no AWS credentials were found";
}

async function compared(
  directory: string,
  service: ResolvedService,
  { template, artefacts }: ServicePackage,
  local: readonly Check[],
): Promise<DoctorReport> {
  const { stage, region, stackName } = service;
  const packaged: Packaged = { template, artefacts, ...policyFacts(directory) };
  const comparison = await readDeployment({ stage, region, stackName, packaged });
  if (comparison === undefined) {
    const missing = checksOn("stack").wrong("fail", "stack-exists", {
      message: `there is no stack ${stackName} in ${region}`,
      fix: `npx sls deploy --stage ${stage}; or give another --region`,
    });
    return reportOf(service, null, [...local, missing]);
  }
  const checks = [...local, ...compareDeployment(comparison)];
  return reportOf(service, null, checks, comparison.deployment.userPoolId);
}

/** What the policy says of groups and routes, as far as its rows can be read. */
function policyFacts(directory: string): Pick<Packaged, "groups" | "publicRoutes"> {
  const { rows } = parsePolicy(readPolicyDirectory(join(directory, "policies")).rows);
  return {
    groups: new Set(Array.from(groupsNamed(rows), ({ name }) => name)),
    publicRoutes: publicRoutesOf(rows),
  };
}

function reportOf(
  service: ResolvedService | undefined,
  notCompared: string | null,
  checks: readonly Check[],
  userPoolId?: string,
): DoctorReport {
  return {
    stage: service?.stage ?? null,
    region: service?.region ?? null,
    stack: service?.stackName ?? null,
    userPoolId: userPoolId ?? null,
    notCompared,
    summary: summarize(checks),
    checks,
  };
}
