import { type JsonObject, objectOf } from "../../json.ts";
import { sameValue } from "../cloudformation/values.ts";
import { printReplacement, replacedResources } from "../template-checks/upgrades/replaced.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import type { DeployedStack } from "./deployed-stage.ts";

/** The stack: whether it is healthy, and what a deployment would change. */
export function stackComparisons(sides: BothSides): Comparison[] {
  return [statusComparison(sides.deployment.stack), ...templateComparisons(sides)];
}

function statusComparison({ name, status, statusReason }: DeployedStack): Comparison {
  const comparisons = comparisonsOn("stack");
  const because = statusReason === undefined ? "" : `: ${statusReason}`;
  if (status === "UPDATE_ROLLBACK_COMPLETE") {
    return comparisons.wrong("warn", "stack-unsettled", {
      message: `the last deployment of ${name} failed and was rolled back${because}`,
      found: status,
      fix: "see the stack's events for the reason, fix it and deploy again",
    });
  }
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) {
    return comparisons.ok("stack-unsettled", `${name} is ${status}`);
  }
  if (/_IN_PROGRESS$/.test(status)) {
    return comparisons.wrong("warn", "stack-unsettled", {
      message: `${name} is being updated`,
      found: status,
      fix: "wait for the deployment to end and run doctor again",
    });
  }
  return comparisons.wrong("fail", "stack-unsettled", {
    message: `${name} is in a failed state${because}`,
    found: status,
    expected: "CREATE_COMPLETE or UPDATE_COMPLETE",
    fix: "see the stack's events; remove a stack that was never created completely first: npx sls remove",
  });
}

function templateComparisons({ packaged, deployment, deploy }: BothSides): Comparison[] {
  const comparisons = comparisonsOn("stack");
  const { template: before } = deployment;
  if (!before.read) {
    return [
      comparisons.unread("stack-outdated", before.why),
      comparisons.unread("stack-replacement", before.why),
    ];
  }
  const changes = changedResources(before.value, packaged.template.json);
  const replaced = replacedResources(before.value, packaged.template.json);
  return [
    changes.length === 0
      ? comparisons.ok("stack-outdated", "the template is the one that was deployed")
      : comparisons.wrong("warn", "stack-outdated", {
          message: `a deployment would change ${changes.length} of its resources`,
          found: changes,
          fix: deploy,
        }),
    ...(replaced.length === 0
      ? [
          comparisons.ok(
            "stack-replacement",
            "a deployment would replace nothing that users or apps depend on",
          ),
        ]
      : replaced.map((one) =>
          comparisonsOn("stack", one.resource).wrong("fail", "stack-replacement", {
            message: `a deployment would break it: ${printReplacement(one)}`,
            fix: "do not deploy this; docs/deploying.md explains which changes are possible",
          }),
        )),
  ];
}

/** `added X`, `changed X`, `removed X`, without values that are new in every package. */
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

/** The path of an archive contains the time of its upload; the code itself is compared by its digest. */
function withoutCode(resource: unknown): JsonObject {
  const { Properties, DependsOn, ...rest } = objectOf(resource);
  const { Code: _code, ...properties } = objectOf(Properties);
  return { ...rest, DependsOn: [DependsOn ?? []].flat(), Properties: properties };
}
