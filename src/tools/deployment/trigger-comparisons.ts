import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { userPoolArn } from "./arn.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, type ComparisonMaker, comparisonsOn } from "./comparison.ts";
import { mayInvoke } from "./invoke-permission.ts";
import { TRIGGER_NAMES, type TriggerName } from "./pool-update/trigger.ts";
import { functionOf, versionOf } from "./pool-update/trigger-change.ts";

/** The actual triggers of the pool, with their version, and whether the pool may invoke them. */
export function triggerComparisons(sides: BothSides): Comparison[] {
  const { pool } = sides.deployment;
  if (!pool.read || pool.value === undefined) {
    return [comparisonsOn("triggers").skipped("trigger-detached", "there is no user pool to compare")];
  }
  const actual = objectOf(pool.value.settings["LambdaConfig"]);
  const expected = expectedTriggers(sides);
  return [
    ...TRIGGER_NAMES.flatMap((trigger) => comparisonsOf(sides, trigger, expected, actual)),
    ...(ownsPool(sides) ? foreignTriggers(expected, actual) : []),
  ];
}

/**
 * The `LambdaConfig` that the pool should have, with ARNs: that of the template, or for a pool that the stack does not
 * own what `claimgate attach` sets.
 */
function expectedTriggers({ packaged, resolve }: BothSides): JsonObject {
  const [pool] = resourcesOf(packaged.template, "AWS::Cognito::UserPool");
  if (pool !== undefined) {
    const members = Object.entries(objectOf(pool.properties["LambdaConfig"]));
    return Object.fromEntries(members.map(([name, value]) => [name, resolve(value)]));
  }
  const output = (name: string) => resolve(objectOf(packaged.template.outputs[name])["Value"]);
  return {
    PreSignUp: output("PreSignUpArn"),
    PostConfirmation: output("PostConfirmationArn"),
    PreTokenGenerationConfig: {
      LambdaArn: output("PreTokenGenerationArn"),
      LambdaVersion: output("PreTokenGenerationVersion"),
    },
  };
}

function ownsPool({ packaged }: BothSides): boolean {
  return resourcesOf(packaged.template, "AWS::Cognito::UserPool").length > 0;
}

function comparisonsOf(
  sides: BothSides,
  trigger: TriggerName,
  expected: JsonObject,
  actual: JsonObject,
): Comparison[] {
  const about = comparisonsOn("triggers", trigger);
  const wanted = functionOf(expected, trigger);
  const found = functionOf(actual, trigger);
  if (wanted === undefined)
    return [about.skipped("trigger-detached", "the template does not say which function it is")];
  if (wanted !== found) return [notSet(sides, about, wanted, found)];
  return [
    about.ok("trigger-detached", `it is ${wanted}`),
    ...(trigger === "PreTokenGeneration" ? [versionComparison(sides, about, expected, actual)] : []),
    permissionComparison(sides, about, wanted),
  ];
}

function notSet(
  sides: BothSides,
  about: ComparisonMaker,
  expected: string,
  found: string | undefined,
): Comparison {
  return about.wrong("fail", "trigger-detached", {
    message:
      found === undefined
        ? "the pool does not invoke it: an update of the pool without the triggers removed it"
        : "the pool invokes another function",
    found: found ?? null,
    expected,
    fix: `${sides.attach} puts it back; CloudFormation does not see what others changed`,
  });
}

function versionComparison(
  sides: BothSides,
  about: ComparisonMaker,
  expected: JsonObject,
  actual: JsonObject,
): Comparison {
  const wanted = versionOf(expected);
  const found = versionOf(actual);
  if (wanted === found) return about.ok("trigger-version", `it is invoked with ${wanted}`);
  const loses =
    found === "V1_0"
      ? "so Cognito issues access tokens unchanged"
      : "so tokens of machines or users lack roles or scopes";
  return about.wrong("fail", "trigger-version", {
    message: `it is invoked with ${found}, ${loses}; pools that had the legacy trigger are known to stay on V1_0`,
    found: found ?? null,
    expected: wanted ?? null,
    fix: `${sides.attach} puts it back; CloudFormation does not see what others changed`,
  });
}

function permissionComparison(
  { deployment, deploy }: BothSides,
  about: ComparisonMaker,
  arn: string,
): Comparison {
  const policy = deployment.invokePolicies.get(arn);
  if (policy === undefined) return about.skipped("missing-permission", "not compared");
  if (!policy.read) return about.unread("missing-permission", policy.why);
  const { where, userPoolId = "" } = deployment;
  const answer = mayInvoke(policy.value, {
    service: "cognito-idp.amazonaws.com",
    sourceArn: userPoolArn(where, userPoolId),
    accountId: where.accountId,
  });
  if (answer === "yes") return about.ok("missing-permission", "the pool may invoke it");
  if (answer === "unknown") {
    return about.wrong("warn", "missing-permission", {
      message: "whether the pool may invoke it depends on conditions that doctor does not evaluate",
      fix: "try a sign-in, and look for UnexpectedLambdaException",
    });
  }
  return about.wrong("fail", "missing-permission", {
    message: "the pool may not invoke it, so sign-ups or sign-ins fail",
    expected: `lambda:InvokeFunction for cognito-idp.amazonaws.com from ${userPoolArn(where, userPoolId)}`,
    fix: deploy,
  });
}

/** Triggers that the template does not have. They were added by hand, and the next update of the pool removes them. */
function foreignTriggers(expected: JsonObject, actual: JsonObject): Comparison[] {
  const known = new Set<string>([
    ...Object.keys(expected),
    ...TRIGGER_NAMES,
    "PreTokenGenerationConfig",
    "KMSKeyID",
  ]);
  return Object.entries(actual).flatMap(([name, value]) => {
    const arn = textOf(value) ?? textOf(objectOf(value)["LambdaArn"]);
    if (known.has(name) || arn === undefined || arn === "") return [];
    return [
      comparisonsOn("triggers", name).wrong("warn", "trigger-foreign", {
        message: "the pool has a trigger that the template does not have",
        found: arn,
        fix: "add it to the template, or the next update of the pool removes it",
      }),
    ];
  });
}

/** The functions whose resource policy says whether the pool may invoke them. */
export function triggerFunctions(sides: BothSides): string[] {
  const expected = expectedTriggers(sides);
  return TRIGGER_NAMES.flatMap((trigger) => functionOf(expected, trigger) ?? []);
}
