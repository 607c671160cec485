import { customDomains } from "../../../lambda/custom-domains.ts";
import { readYaml } from "../../text/yaml-text.ts";
import { ASKING_SWITCHES } from "../apis.ts";
import { listOf } from "../parameter-values.ts";
import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, isOn, type Stage, valueIn } from "./parameter-combinations.ts";
import { faultOf } from "./trigger-combinations.ts";

/** The APIs, and the receivers of alarms. */
export const GATEWAY_COMBINATIONS: readonly CombinationRule[] = [
  nothingToDecide,
  everyOriginAndOthers,
  alarmReceivers,
  domainsOfApis,
];

function* nothingToDecide(stage: Stage): Iterable<ParameterFault> {
  if (ASKING_SWITCHES.some((name) => isOn(stage, name))) return;
  const names = ASKING_SWITCHES.map((name) => `\`${name}\``).join(", ");
  yield {
    parameter: "httpApi",
    message: `nothing would ask the policy; set one of ${names} to \`true\``,
  };
}

function* everyOriginAndOthers(stage: Stage): Iterable<ParameterFault> {
  const origins = listOf(valueIn(stage, "corsOrigins"));
  if (!origins.includes("*") || origins.length === 1) return;
  yield {
    parameter: "corsOrigins",
    message:
      "parameter `corsOrigins` has both `*`, which allows every origin, and other origins; write one or the other",
  };
}

/** A receiver without alarms would look like a stage without trouble. */
function* alarmReceivers(stage: Stage): Iterable<ParameterFault> {
  const set = ["alarmEmail", "alarmTopicArn"].filter((name) => valueIn(stage, name) !== "");
  const [parameter] = set;
  if (parameter === undefined) return;
  if (!isOn(stage, "alarms")) {
    yield {
      parameter,
      message: `parameter \`${parameter}\` is set without \`alarms\`; set \`alarms\` to \`true\``,
    };
  }
  if (set.length > 1) {
    const message =
      "parameters `alarmEmail` and `alarmTopicArn` are both set; set one of them, and subscribe the address to the topic";
    yield { parameter, message };
  }
}

/** Read as the authorizers read it, with duplicate names refused, of which JSON would keep the last. */
function* domainsOfApis(stage: Stage): Iterable<ParameterFault> {
  const [parameter, variable] = ["apiDomains", "CLAIMGATE_API_DOMAINS"];
  const text = valueIn(stage, parameter);
  yield* faultOf(parameter, variable, () => customDomains({ [variable]: text }));
  // JSON is YAML, whose reader keeps both.
  const { node } = readYaml(text);
  const names = node?.kind === "map" ? node.entries.map(({ name }) => name) : [];
  const duplicate = names.find((name, index) => names.indexOf(name) < index);
  if (duplicate === undefined) return;
  const message = `parameter \`${parameter}\` has the duplicate key \`${duplicate}\`; list its base paths in one array, as in \`{"${duplicate}":["shop","v1/shop"]}\``;
  yield { parameter, message };
}
