import { resolve } from "node:path";
import { switchesOf } from "../../checking/lint-directory.ts";
import { type Comparison, findingsOf } from "../../deployment/comparison.ts";
import { keepsUsers } from "../../deployment/keeps-users.ts";
import { readPackage } from "../../deployment/package-service.ts";
import type { FindingReport } from "../../findings/report.ts";
import { CommandError } from "../../machine/command-error.ts";
import { writtenAdoption } from "../../service/plugins.ts";
import { forAdoptedService } from "../../template-checks/advice.ts";
import { checkTemplate } from "../../template-checks/check-template.ts";
import { examine } from "../doctor/examine.ts";
import { policyFacts } from "../doctor/policy-facts.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { type PolicyOptions, placeIn } from "../terminal/policy-options.ts";

/**
 * The findings in the template of a packaged service.
 *
 * @param folder the output folder of `sls package`
 * @throws CommandError `service_unresolved` where there is none
 */
export function packagedReport(context: Context, options: PolicyOptions, folder: string): FindingReport {
  const { template } = readPackage(resolve(context.directory, folder));
  const place = placeIn(context, options);
  const report = checkTemplate(
    template.json,
    { publicRoutes: policyFacts(place.directory).publicRoutes, keepsUsers: keepsUsers(template) },
    switchesOf(place),
  );
  const isAdopted = writtenAdoption(context.directory)?.hasSettings === true;
  return isAdopted ? forAdoptedService(report) : report;
}

/** The findings of `doctor`, without those of the policy and the template. */
export interface DeployedReport extends FindingReport {
  /** What could not be read, one line each; nothing is known about it. */
  readonly unread: readonly string[];
}

/** @throws CommandError `aws_credentials_missing`, or where nothing of the stage can be read */
export async function deployedReport(
  context: Context,
  options: StageArguments & { readonly package?: string },
): Promise<DeployedReport> {
  const { comparisons, notCompared } = await examine(context, options);
  const own = comparisons.filter(({ place }) => place === undefined);
  const wrong = findingsOf(own);
  if (notCompared !== null && wrong.length === 0) {
    throw new CommandError("aws_credentials_missing", `the deployed stage was not compared: ${notCompared}`, {
      fix: "set `AWS_PROFILE`, or remove `--deployed`",
    });
  }
  return {
    findings: wrong,
    switchedOff: [],
    ignored: [],
    unread: own.filter(({ unread }) => unread === true).map(sentence),
  };
}

function sentence({ subject, message, id }: Comparison): string {
  return `${subject === "" ? "" : `${subject}: `}${message} [${id}]`;
}
