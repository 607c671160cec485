import { asText, jsonMap } from "../../../lambda/environment.ts";
import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, ownsUserPool, type Stage, valueIn } from "./parameter-combinations.ts";

/** The user pool, its sign-in and its app clients. Each rule names the source of its fact. */
export const POOL_COMBINATIONS: readonly CombinationRule[] = [
  emailSender,
  customDomain,
  existingPool,
  existingAppClients,
];

function* emailSender(stage: Stage): Iterable<ParameterFault> {
  const identity = valueIn(stage, "sesIdentityArn");
  const from = valueIn(stage, "emailFrom");
  if (identity !== "" && from === "") {
    yield fault(
      "emailFrom",
      "parameter `sesIdentityArn` is set without `emailFrom`; set it to the address of the sender",
    );
  }
  if (identity === "" && from !== "") {
    yield fault(
      "emailFrom",
      "parameter `emailFrom` is set without `sesIdentityArn`; set that too, since Cognito's own sender has a fixed address",
    );
  }
}

function* customDomain(stage: Stage): Iterable<ParameterFault> {
  const [domain, certificate] = [
    valueIn(stage, "customDomain"),
    valueIn(stage, "customDomainCertificateArn"),
  ];
  if (domain !== "" && certificate === "") {
    yield fault(
      "customDomainCertificateArn",
      `parameter \`customDomain\` is \`${domain}\` without \`customDomainCertificateArn\`; set it to the ARN of a certificate in us-east-1`,
    );
  }
  if (domain === "" && certificate !== "") {
    yield fault(
      "customDomain",
      "parameter `customDomainCertificateArn` is set without `customDomain`; set both or neither",
    );
  }
}

/** Resources that the stack creates only in its own pool; leaving them out silently would look like a success. */
const OF_OWN_POOLS = ["sesIdentityArn", "customDomain"] as const;

function* existingPool(stage: Stage): Iterable<ParameterFault> {
  if (ownsUserPool(stage)) return;
  const id = valueIn(stage, "existingUserPoolId");
  const region = id.slice(0, id.indexOf("_"));
  if (region !== stage.region) {
    yield fault(
      "existingUserPoolId",
      `parameter \`existingUserPoolId\` is \`${id}\`, a pool in ${region}, but the stack is deployed to ${stage.region}; deploy to ${region}, since the triggers of a pool are in its own region`,
    );
  }
  if (!stage.given.has("healGroups")) {
    yield fault(
      "healGroups",
      "with an existing pool parameter `healGroups` has to be set; set it to `false` until every user of the pool has the marker attribute, since users without it count as new (docs/triggers.md)",
    );
  }
  for (const name of OF_OWN_POOLS) {
    if (valueIn(stage, name) === "") continue;
    yield fault(
      name,
      `parameter \`${name}\` is only for pools that the stack creates; set it up in the pool \`${id}\` itself`,
    );
  }
}

function* existingAppClients(stage: Stage): Iterable<ParameterFault> {
  const name = "existingAppClients";
  const value = valueIn(stage, name);
  if (ownsUserPool(stage)) {
    if (value !== "")
      yield fault(name, `parameter \`${name}\` is set without \`existingUserPoolId\`; set both or neither`);
    return;
  }
  if (!isClientMap(value)) {
    yield fault(
      name,
      `parameter \`${name}\` is \`${value}\`; expected the app clients whose tokens are accepted, as JSON such as \`{"web":"1h57kf5cpq17m0eml12EXAMPLE"}\``,
    );
  }
}

/** Read as the authorizers read it. */
function isClientMap(value: string): boolean {
  try {
    const clients = jsonMap({ [CLIENTS]: value }, CLIENTS, asText, "a JSON object");
    return clients.size > 0 && [...clients.values()].every((id) => /^[\w+]{1,128}$/.test(id));
  } catch {
    return false;
  }
}

const CLIENTS = "CLAIMGATE_APP_CLIENTS";

function fault(parameter: string, message: string): ParameterFault {
  return { parameter, message };
}
