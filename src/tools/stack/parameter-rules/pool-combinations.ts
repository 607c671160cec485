import { asText, jsonMap } from "../../../lambda/environment.ts";
import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, isOn, ownsUserPool, type Stage, valueIn } from "./parameter-combinations.ts";

/** The user pool, its sign-in and its app clients. Each rule says where the fact is from. */
export const POOL_COMBINATIONS: readonly CombinationRule[] = [
  mfaMethods,
  mfaByEmail,
  mfaAndRecovery,
  emailSender,
  customDomain,
  existingPool,
  existingAppClients,
];

const METHODS = ["mfaTotp", "mfaEmail", "mfaSms"] as const;

function* mfaMethods(stage: Stage): Iterable<ParameterFault> {
  const mfa = valueIn(stage, "mfa");
  if (!hasMfa(stage) || METHODS.some((method) => isOn(stage, method))) return;
  yield fault(
    "mfa",
    `\`mfa\` is \`${mfa}\`, but no method is on: one of ${list(METHODS)} has to be \`true\`, or \`mfa\` \`off\``,
  );
}

/**
 * A sender of one's own: CDK's `MfaSecondFactor.email`, API reference of `EmailMfaConfigType`. Not alone:
 * aws-cloudformation/cloudformation-coverage-roadmap#2221, CloudFormation then asks for SMS settings.
 */
function* mfaByEmail(stage: Stage): Iterable<ParameterFault> {
  if (!hasMfa(stage) || !isOn(stage, "mfaEmail")) return;
  if (valueIn(stage, "sesIdentityArn") === "") {
    yield fault(
      "mfaEmail",
      "`mfaEmail` needs a sender of your own: set `sesIdentityArn` and `emailFrom`; Cognito sends no sign-in codes by its built-in one",
    );
  }
  if (!isOn(stage, "mfaTotp") && !isOn(stage, "mfaSms")) {
    yield fault(
      "mfaEmail",
      "`mfaEmail` cannot be the only method, since CloudFormation cannot create such a pool: set `mfaTotp` to `true` as well",
    );
  }
}

/**
 * What proves the second factor must not reset the first. API reference of `AccountRecoverySetting`;
 * hashicorp/terraform-provider-aws#41049 (e-mail), aws/aws-cdk#11478 (SMS) for what Cognito refuses.
 */
function* mfaAndRecovery(stage: Stage): Iterable<ParameterFault> {
  if (!hasMfa(stage)) return;
  const recovery = valueIn(stage, "accountRecovery");
  if (isOn(stage, "mfaEmail") && recovery === "email") {
    yield fault(
      "accountRecovery",
      "`accountRecovery` cannot be `email` alone with `mfaEmail`: a mailbox would be both factors; expected `email-or-phone`, `phone` or `admin`",
    );
  }
  if (isOn(stage, "mfaSms") && valueIn(stage, "mfa") === "required" && recovery.includes("phone")) {
    yield fault(
      "accountRecovery",
      `\`accountRecovery\` cannot be \`${recovery}\` where \`mfaSms\` is on and \`mfa\` is \`required\`: a phone would be both factors; expected \`email\` or \`admin\``,
    );
  }
}

function* emailSender(stage: Stage): Iterable<ParameterFault> {
  const identity = valueIn(stage, "sesIdentityArn");
  const from = valueIn(stage, "emailFrom");
  if (identity !== "" && from === "") {
    yield fault(
      "emailFrom",
      "`sesIdentityArn` is set without `emailFrom`: expected the sender's address too",
    );
  }
  for (const name of ["emailFrom", "emailReplyTo"]) {
    if (identity === "" && valueIn(stage, name) !== "") {
      yield fault(
        name,
        `\`${name}\` is set without \`sesIdentityArn\`: Cognito's own sender has an address of its own`,
      );
    }
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
      `\`customDomain\` is \`${domain}\` without \`customDomainCertificateArn\`: expected the ARN of a certificate in us-east-1`,
    );
  }
  if (domain === "" && certificate !== "") {
    yield fault("customDomain", "`customDomainCertificateArn` is set without `customDomain`");
  }
}

/** What the stack makes only in a pool of its own; silently leaving it out would look like a success. */
const OF_OWN_POOLS = [
  "sesIdentityArn",
  "domainPrefix",
  "customDomain",
  "googleClientId",
  "appleServicesId",
  "facebookAppId",
  "amazonClientId",
  "oidcName",
  "samlName",
] as const;

function* existingPool(stage: Stage): Iterable<ParameterFault> {
  if (ownsUserPool(stage)) return;
  const id = valueIn(stage, "existingUserPoolId");
  const region = id.slice(0, id.indexOf("_"));
  if (region !== stage.region) {
    yield fault(
      "existingUserPoolId",
      `\`existingUserPoolId\` is \`${id}\`, a pool in ${region}, but the stack is deployed to ${stage.region}: a pool's triggers are in its own region`,
    );
  }
  if (!stage.given.has("healGroups")) {
    yield fault(
      "healGroups",
      "with an existing pool `healGroups` has to be set: `false` until every user of the pool has the marker attribute, else each counts as new; see docs/triggers.md",
    );
  }
  for (const name of OF_OWN_POOLS) {
    if (valueIn(stage, name) === "") continue;
    yield fault(name, `\`${name}\` is for pools that the stack makes; set it up in the pool ${id} itself`);
  }
}

function* existingAppClients(stage: Stage): Iterable<ParameterFault> {
  const name = "existingAppClients";
  const value = valueIn(stage, name);
  if (ownsUserPool(stage)) {
    if (value !== "") yield fault(name, `\`${name}\` is set without \`existingUserPoolId\``);
    return;
  }
  if (!isClientMap(value)) {
    yield fault(
      name,
      `\`${name}\` is \`${value}\`; expected the app clients whose tokens count, as JSON: \`{"web":"1h57kf5cpq17m0eml12EXAMPLE"}\``,
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

function hasMfa(stage: Stage): boolean {
  return ownsUserPool(stage) && valueIn(stage, "mfa") !== "off";
}

function fault(parameter: string, message: string): ParameterFault {
  return { parameter, message };
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
