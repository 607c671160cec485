import { type CombinationRule, isOn, type Stage, valueIn } from "./parameter-combinations.ts";
import { listOf } from "./parameter-values.ts";
import type { ParameterFault } from "./parameters.ts";

/** The APIs, and who watches them. */
export const GATEWAY_COMBINATIONS: readonly CombinationRule[] = [
  nothingToDecide,
  everyOriginAndOthers,
  alarmReceivers,
  alarmThresholds,
];

function* nothingToDecide(stage: Stage): Iterable<ParameterFault> {
  if (["httpApi", "restApi", "sharedAuthorizers"].some((name) => isOn(stage, name))) return;
  yield {
    parameter: "httpApi",
    message:
      "`httpApi`, `restApi` and `sharedAuthorizers` are all `false`, so nothing would ask the policy: one of them has to be `true`",
  };
}

function* everyOriginAndOthers(stage: Stage): Iterable<ParameterFault> {
  const origins = listOf(valueIn(stage, "corsOrigins"));
  if (!origins.includes("*") || origins.length === 1) return;
  yield { parameter: "corsOrigins", message: "`corsOrigins` has `*`, which is every origin, beside others" };
}

/** A receiver that hears nothing would look like a stage without trouble. */
function* alarmReceivers(stage: Stage): Iterable<ParameterFault> {
  const set = ["alarmEmail", "alarmTopicArn"].filter((name) => valueIn(stage, name) !== "");
  const [parameter] = set;
  if (parameter === undefined) return;
  if (!isOn(stage, "alarms")) {
    yield {
      parameter,
      message: `\`${parameter}\` is set without \`alarms\`: expected \`alarms\` to be \`true\``,
    };
  }
  if (set.length > 1) {
    const message =
      "`alarmEmail` and `alarmTopicArn` are both set: expected one of them; subscribe the address to the topic";
    yield { parameter, message };
  }
}

function* alarmThresholds(stage: Stage): Iterable<ParameterFault> {
  for (const parameter of ["alarmDenies", "alarmRefusedTokens", "alarmRefusedSignUps"]) {
    if (!isOn(stage, "alarms") || valueIn(stage, parameter) !== "") continue;
    yield {
      parameter,
      message: `\`${parameter}\` is empty: expected a whole number from 1 on, or \`anomaly\``,
    };
  }
}
