import { createRequire } from "node:module";
import { join } from "node:path";
import type { AdoptionPlan } from "../../adopt/plan.ts";
import { serviceAfter } from "../../adopt/service-after.ts";
import { lintDirectory } from "../../checking/lint-directory.ts";
import { findingAt, printFinding } from "../../findings/finding.ts";
import { CommandError } from "../../machine/command-error.ts";
import { PACKAGE_PLUGIN } from "../../service/plugins.ts";
import type { Service } from "../../service/service.ts";
import { serviceReport } from "../check/run-check.ts";
import type { Context } from "../terminal/context.ts";
import { placeIn } from "../terminal/policy-options.ts";
import type { InitArguments } from "./init-arguments.ts";
import type { InitJson } from "./init-contract.ts";

/** What `claimgate check --service` finds once the files are written. */
export interface FindingsAfter {
  readonly findings: InitJson["findings"];
  /** False where the framework cannot resolve the service yet: the plugin is not installed, or lines are missing. */
  readonly sawAll: boolean;
}

export async function findingsAfter(
  context: Context,
  options: InitArguments,
  plan: AdoptionPlan,
  service: Service,
): Promise<FindingsAfter> {
  if (plan.byHand.length === 0 && hasPlugin(context.directory)) {
    try {
      const { findings } = await serviceReport(context, options);
      return {
        findings: findings.map((one) => ({ severity: one.severity, text: printFinding(one) })),
        sawAll: true,
      };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
  const { errors, warnings } = lintDirectory(placeIn(context, options), serviceAfter(service, plan));
  const of = (severity: "error" | "warning", findings: typeof errors) =>
    findings.map((one) => ({ severity, text: printFinding(findingAt({ ...one, severity })) }));
  return { findings: [...of("error", errors), ...of("warning", warnings)], sawAll: false };
}

function hasPlugin(directory: string): boolean {
  try {
    createRequire(join(directory, "serverless.yml")).resolve(PACKAGE_PLUGIN);
    return true;
  } catch {
    return false;
  }
}
