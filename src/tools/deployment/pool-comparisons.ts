import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import type { BothSides } from "./both-sides.ts";
import { differencesFrom } from "./compare-values.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import type { DeployedPool } from "./deployed-stage.ts";
import { MARKER, markerState } from "./pool-update/marker.ts";

const comparisons = comparisonsOn("pool");

/** The user pool itself: that it exists, its settings, its factors and its attributes. */
export function poolComparisons(sides: BothSides): Comparison[] {
  const { deployment, deploy } = sides;
  const { userPoolId, pool } = deployment;
  if (userPoolId === undefined) {
    return [
      comparisons.wrong("fail", "pool-missing", {
        message: "the stack has neither a user pool nor an output UserPoolId",
        fix: deploy,
      }),
    ];
  }
  if (!pool.read) return [comparisons.unread("pool-missing", pool.why)];
  if (pool.value === undefined) {
    return [
      comparisons.wrong("fail", "pool-missing", {
        message: `the user pool ${userPoolId} no longer exists`,
        fix: "it was deleted outside the stack, with its users: restore them into a new stack",
      }),
    ];
  }
  return [
    comparisons.ok("pool-missing", `the user pool is ${userPoolId}`),
    ...settingComparisons(sides, pool.value),
    tierComparison(pool.value.settings),
    ...schemaComparisons(sides, pool.value.settings),
  ];
}

/** The template's names of pool properties that DescribeUserPool names differently. */
const RENAMED: Readonly<Record<string, string>> = { UserPoolName: "Name" };

/** Properties that have their own comparisons, or that AWS does not describe. */
const ELSEWHERE = new Set(["LambdaConfig", "Schema", "EnabledMfas", "UserPoolTier"]);

function settingComparisons(
  { packaged, resolve, deploy }: BothSides,
  { settings, mfa }: DeployedPool,
): Comparison[] {
  const [expected] = resourcesOf(packaged.template, "AWS::Cognito::UserPool");
  if (expected === undefined) {
    return [
      comparisons.skipped(
        "pool-setting",
        "this stack does not own the pool, so its settings are not compared",
      ),
    ];
  }
  const plain = Object.entries(expected.properties).flatMap(([property, value]) => {
    const wanted = resolve(value);
    if (ELSEWHERE.has(property) || wanted === UNRESOLVED) return [];
    // Only GetUserPoolMfaConfig returns the messages of factors.
    const name = RENAMED[property] ?? property;
    if (!Object.hasOwn(settings, name) && /^(EmailAuthentication|WebAuthn)/.test(property)) return [];
    return [settingComparison(deploy, name, wanted, settings[name])];
  });
  return [...plain, ...factorComparisons(deploy, expected.properties["EnabledMfas"], mfa)];
}

function settingComparison(deploy: string, name: string, wanted: unknown, actual: unknown): Comparison {
  const about = comparisonsOn("pool", name);
  const [first, ...more] = differencesFrom(wanted, actual);
  if (first === undefined) return about.ok("pool-setting", "as in the template");
  const others = more.length === 0 ? "" : ` (and ${more.map(({ path }) => path).join(", ")})`;
  return about.wrong("fail", "pool-setting", {
    message: `${first.path === "" ? name : `${name}.${first.path}`} differs from the template${others}`,
    found: first.found ?? null,
    expected: first.expected,
    fix: `it was changed by hand or never deployed; ${deploy}`,
  });
}

/** `EnabledMfas` of the template -> the member of GetUserPoolMfaConfig that exists while the factor is on. */
const FACTORS: Readonly<Record<string, string>> = {
  SMS_MFA: "SmsMfaConfiguration",
  SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaConfiguration",
  EMAIL_OTP: "EmailMfaConfiguration",
};

function factorComparisons(deploy: string, enabled: unknown, mfa: DeployedPool["mfa"]): Comparison[] {
  if (!Array.isArray(enabled)) return [];
  if (!mfa.read) return [comparisons.unread("pool-setting", mfa.why)];
  const expected = textsOf(enabled);
  const found = Object.entries(FACTORS).flatMap(([factor, member]) =>
    isOn(objectOf(mfa.value)[member]) ? [factor] : [],
  );
  if (differencesFrom(expected, found).length === 0) {
    return [comparisons.ok("pool-setting", "the second factors are as in the template")];
  }
  return [
    comparisons.wrong("fail", "pool-setting", {
      message: "the second factors differ from the template",
      found,
      expected,
      fix: deploy,
    }),
  ];
}

function isOn(factor: unknown): boolean {
  if (factor === undefined) return false;
  const { Enabled, SmsConfiguration, ...rest } = objectOf(factor);
  // AWS may describe a sender of text messages that no factor uses; that does not mean that the factor is on.
  return (
    Enabled !== false && (Enabled === true || SmsConfiguration !== undefined || Object.keys(rest).length > 0)
  );
}

/** V2_0 and V3_0 of pre-token-generation need Essentials or Plus. */
function tierComparison(settings: JsonObject): Comparison {
  const tier = textOf(settings["UserPoolTier"]);
  const version = textOf(
    objectOf(objectOf(settings["LambdaConfig"])["PreTokenGenerationConfig"])["LambdaVersion"],
  );
  if (tier === undefined) return comparisons.skipped("pool-tier", "AWS does not say which plan the pool has");
  if (tier !== "LITE") return comparisons.ok("pool-tier", `the pool has the plan ${tier}`);
  return comparisons.wrong("fail", "pool-tier", {
    message: `the pool has the plan LITE, which has no ${version ?? "V3_0"} of pre-token-generation`,
    found: tier,
    expected: "ESSENTIALS or PLUS",
    fix: "change the plan of the pool; AWS charges per active user",
  });
}

function schemaComparisons(
  { packaged, resolve, deploy, attach }: BothSides,
  settings: JsonObject,
): Comparison[] {
  const [pool] = resourcesOf(packaged.template, "AWS::Cognito::UserPool");
  const deployed = new Set(objectsOf(settings["SchemaAttributes"]).map(({ Name }) => Name));
  const wanted = objectsOf(resolve(pool?.properties["Schema"])).map(({ Name }) => textOf(Name) ?? "");
  const missing = wanted.filter((name) => !deployed.has(name) && !deployed.has(`custom:${name}`));
  const state = markerState(settings);
  return [
    ...(missing.length === 0
      ? []
      : [
          comparisons.wrong("fail", "pool-attribute-missing", {
            message: `the pool lacks attributes of the template: ${missing.join(", ")}`,
            fix: deploy,
          }),
        ]),
    state === "present"
      ? comparisons.ok("pool-attribute-missing", `the pool has ${MARKER}`)
      : comparisons.wrong("fail", "pool-attribute-missing", {
          message: `the pool has ${state === "missing" ? "no" : "an unusable"} ${MARKER}, so group assignments cannot be recorded`,
          fix: pool === undefined ? `${attach} adds it` : deploy,
        }),
  ];
}
