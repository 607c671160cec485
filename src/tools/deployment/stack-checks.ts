import { type JsonObject, objectOf } from "../../json.ts";
import { sameValue } from "../cloudformation/values.ts";
import { printReplacement, replacedResources } from "../template-checks/upgrades/replaced.ts";
import { type Check, checksOn } from "./check.ts";
import type { Comparison } from "./comparison.ts";
import type { DeployedStack } from "./facts.ts";

/** The stack: whether it is in order, and what a deployment would change. */
export function stackChecks(comparison: Comparison): Check[] {
  return [statusCheck(comparison.deployment.stack), ...templateChecks(comparison)];
}

function statusCheck({ name, status, statusReason }: DeployedStack): Check {
  const checks = checksOn("stack");
  const because = statusReason === undefined ? "" : `: ${statusReason}`;
  if (status === "UPDATE_ROLLBACK_COMPLETE") {
    return checks.wrong("warn", "stack-status", {
      message: `the last deployment of ${name} failed and was taken back${because}`,
      found: status,
      fix: "see the stack's events for the reason, mend it and deploy again",
    });
  }
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) {
    return checks.ok("stack-status", `${name} is ${status}`);
  }
  if (/_IN_PROGRESS$/.test(status)) {
    return checks.wrong("warn", "stack-status", {
      message: `${name} is being changed`,
      found: status,
      fix: "wait for the deployment to end and look again",
    });
  }
  return checks.wrong("fail", "stack-status", {
    message: `${name} is not in order${because}`,
    found: status,
    expected: "CREATE_COMPLETE or UPDATE_COMPLETE",
    fix: "see the stack's events; a stack that never came up has to be removed first: npx sls remove",
  });
}

function templateChecks({ packaged, deployment, deploy }: Comparison): Check[] {
  const checks = checksOn("stack");
  const { template: before } = deployment;
  if (!before.read) {
    return [checks.unread("stack-template", before.why), checks.unread("stack-replacement", before.why)];
  }
  const changes = changedResources(before.value, packaged.template.json);
  const replaced = replacedResources(before.value, packaged.template.json);
  return [
    changes.length === 0
      ? checks.ok("stack-template", "the template is the one that was deployed")
      : checks.wrong("warn", "stack-template", {
          message: `a deployment would change ${changes.length} of its resources`,
          found: changes,
          fix: deploy,
        }),
    ...(replaced.length === 0
      ? [checks.ok("stack-replacement", "a deployment would replace nothing that users or apps depend on")]
      : replaced.map((one) =>
          checksOn("stack", one.resource).wrong("fail", "stack-replacement", {
            message: `a deployment would break it: ${printReplacement(one)}`,
            fix: "do not deploy this; docs/deploying.md says what can be changed and how",
          }),
        )),
  ];
}

/** `added X`, `changed X`, `removed X`, without what is new in every package. */
function changedResources(before: unknown, after: unknown): string[] {
  const [old, now] = [before, after].map((one) => objectOf(objectOf(one)["Resources"]));
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].sort();
  return names.flatMap((name) => {
    const [was, is] = [old?.[name], now?.[name]];
    if (was === undefined) return [`added ${name}`];
    if (is === undefined) return [`removed ${name}`];
    return sameValue(withoutCode(was), withoutCode(is)) ? [] : [`changed ${name}`];
  });
}

/** The place of an archive has the time of its upload in it; the code itself is compared by its digest. */
function withoutCode(resource: unknown): JsonObject {
  const { Properties, DependsOn, ...rest } = objectOf(resource);
  const { Code: _code, ...properties } = objectOf(Properties);
  return { ...rest, DependsOn: [DependsOn ?? []].flat(), Properties: properties };
}
