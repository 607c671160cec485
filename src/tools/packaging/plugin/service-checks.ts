import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, objectOf } from "../../../json.ts";
import { printFindings } from "../../../policy/finding.ts";
import { lintDirectory, type PolicyReport, switchesOf } from "../../checking/lint-directory.ts";
import { readTemplate } from "../../cloudformation/template.ts";
import { type Finding, printFinding } from "../../findings/finding.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { includedFiles } from "../../service/included-file.ts";
import { withGraphqlSchemas } from "../../service/read-graphql.ts";
import { readService } from "../../service/read-service.ts";
import { servicePlaces } from "../../service/service-places.ts";
import { sourceOf } from "../../service/service-source.ts";
import { environmentFindings, type PlaceOf } from "../../stack/function-environment.ts";
import { refusalOf, warnedOf } from "../../template-checks/refused.ts";
import { type Logging, PluginError } from "./framework.ts";
import { serviceFindings } from "./service-findings.ts";
import type { Settings } from "./settings.ts";

/** A service as the framework resolves it, and where it is written. */
export interface LocatedService {
  readonly service: JsonObject & { readonly provider: JsonObject };
  readonly serviceDir: string;
  readonly configurationFilename: string;
}

/**
 * The policy of a directory, compared with the service. It needs resolved variables and events that the framework has
 * not compiled, which would rewrite them: the hook `initialize`.
 *
 * @throws an error of the file system if there is no policy
 */
export function lintService(located: LocatedService, directory: string): PolicyReport {
  const { service, serviceDir, configurationFilename } = located;
  const read = readService(service, textOf(located), configurationFilename, includedFiles(serviceDir));
  return lintDirectory(directory, withGraphqlSchemas(read, service, serviceDir));
}

/** Where a part of the service is written, from the directory of the service. */
export function placesIn(located: LocatedService): PlaceOf {
  const { serviceDir, configurationFilename } = located;
  return servicePlaces(configurationFilename, textOf(located), includedFiles(serviceDir)).at;
}

function textOf({ serviceDir, configurationFilename }: LocatedService): string {
  return readFileSync(join(serviceDir, configurationFilename), "utf8");
}

/** What packaging says of the policy. @throws PluginError with all errors */
export function refuseErrors({ errors, warnings, switchedOff }: PolicyReport, log: Logging["log"]): void {
  for (const line of [...printFindings(warnings), ...switchedOff]) log.warning(line);
  if (errors.length === 0) return;
  throw new PluginError(
    "CLAIMGATE_POLICY_INVALID",
    `the policy has errors and cannot be deployed:\n\n${printFindings(errors).join("\n")}\n`,
  );
}

/** What a command says of the policy that runs functions on this machine: everything, and it goes on. */
export function warnOfErrors(lint: () => PolicyReport, log: Logging["log"]): void {
  try {
    const { errors, warnings } = lint();
    for (const line of printFindings([...errors, ...warnings])) log.warning(line);
  } catch (error) {
    // Local commands are for trying things; the functions themselves report what they cannot read.
    log.warning(`the policy was not checked: ${whyNotRead(error)}`);
  }
}

/** @throws PluginError with the findings, if there are any */
export function refuseFindings(findings: readonly Finding[], code: string): void {
  if (findings.length > 0) throw new PluginError(code, findings.map(printFinding).join("\n"));
}

/** @throws PluginError with the functions and events that would not work */
export function refuseService(
  located: LocatedService & { readonly configurationInput: JsonObject },
  settings: Settings,
  log: Logging["log"],
): void {
  const { service, serviceDir, configurationInput } = located;
  const source = sourceOf({ ...service, build: configurationInput["build"] });
  const found = serviceFindings(source, settings, { serviceDir, placeOf: placesIn(located) });
  for (const finding of found) if (finding.severity !== "error") log.warning(printFinding(finding));
  refuseFindings(
    found.filter(({ severity }) => severity === "error"),
    "CLAIMGATE_SERVICE_INVALID",
  );
}

/**
 * Reads the environments of all functions, as the functions do.
 *
 * @throws PluginError with what their start would refuse
 */
export function refuseEnvironments(located: LocatedService): void {
  const { provider, ...sections } = located.service;
  const input = {
    provider,
    functions: objectOf(sections["functions"]),
    resources: objectOf(sections["resources"]),
  };
  try {
    refuseFindings(environmentFindings(input, placesIn(located)), "CLAIMGATE_STACK_INVALID");
  } catch (error) {
    // A condition that the resources do not define.
    if (!(error instanceof RangeError)) throw error;
    throw new PluginError("CLAIMGATE_STACK_INVALID", error.message);
  }
}

/**
 * @param template the whole template, before it is written
 * @param directory of the policy, whose `lint.json` switches findings off
 * @throws PluginError with what AWS would refuse, or what would look right and be wrong
 */
export function refuseTemplate(template: unknown, directory: string, log?: Logging["log"]): void {
  const [read, switches] = [readTemplate(template), switchesOf(directory)];
  const refusal = refusalOf(read, switches);
  if (refusal !== undefined) refuseFindings(refusal.findings, refusal.code);
  for (const finding of warnedOf(read, switches)) log?.warning(printFinding(finding));
}
