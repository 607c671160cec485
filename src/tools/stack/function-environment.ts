import { ConfigurationError } from "../../errors.ts";
import { type JsonObject, objectOf } from "../../json.ts";
import { authorizerOptions } from "../../lambda/authorizer-options.ts";
import type { Environment } from "../../lambda/environment.ts";
import { appSyncOptions, httpOptions, restOptions, tokenPlace } from "../../lambda/gateway-options.ts";
import { readGivenKeys } from "../../lambda/given-keys.ts";
import { readIssuers } from "../../lambda/issuers.ts";
import { unknownVariable, VARIABLES } from "../../lambda/known-variables.ts";
import { revocationFailure } from "../../lambda/revocation-configuration.ts";
import {
  postConfirmationOptions,
  preSignUpOptions,
  preTokenGenerationOptions,
} from "../../lambda/trigger-configuration.ts";
import { settleConditions, settleValue } from "../cloudformation/conditions.ts";
import { type FileFinding, type Finding, printFinding } from "../findings/finding.ts";
import type { At } from "../text/place.ts";
import type { StackInput } from "./stack.ts";

/**
 * What can be wrong with the environment of a function. None of these can be switched off: the function would refuse
 * every request.
 */
export const ENVIRONMENT_KINDS = [
  {
    id: "variable-unknown",
    severity: "error",
    summary: "an unknown environment variable that begins with `CLAIMGATE_`: misspelled or renamed",
  },
  {
    id: "variable-value",
    severity: "error",
    summary: "an environment variable of claimgate with an invalid value",
  },
] as const;

type EnvironmentKind = (typeof ENVIRONMENT_KINDS)[number]["id"];

/** The reader with which a function reads its environment at the start. */
export const READERS: readonly ((environment: Environment) => unknown)[] = [
  preSignUpOptions,
  postConfirmationOptions,
  preTokenGenerationOptions,
  readIssuers,
  authorizerOptions,
  readGivenKeys,
  httpOptions,
  restOptions,
  tokenPlace,
  appSyncOptions,
  revocationFailure,
];

const POOL = "CLAIMGATE_USER_POOL_ID";

/** Values that only the deployment knows. */
const STAND_INS = { [POOL]: "us-east-1_claimgate", CLAIMGATE_APP_CLIENTS: '{"web":"web"}' };

/** A path of names from the top of serverless.yml -> where it is written. */
export type PlaceOf = (path: readonly string[]) => At;

/**
 * Reads the environments of the functions as the functions do, if their values are known before the deployment. At run
 * time a mistake would be an error line in the log of a function that refuses every request.
 *
 * @param placeOf functions may share a variable by an anchor; it is one finding
 */
export function environmentFindings(input: StackInput, placeOf: PlaceOf): readonly Finding[] {
  const conditions = settleConditions(objectOf(input.resources["Conditions"]));
  const shared = objectOf(input.provider["environment"]);
  const findings = Object.entries(input.functions).flatMap(([name, definition]) => {
    const own = objectOf(objectOf(definition)["environment"]);
    const at = (variable: string) => {
      const isShared = Object.hasOwn(shared, variable) && !Object.hasOwn(own, variable);
      return placeOf([...(isShared ? ["provider"] : ["functions", name]), "environment", variable]);
    };
    const environment = { ...shared, ...own };
    // Also of a variable that this stage leaves out.
    const unknown = unknownIn(environment, at);
    // Variables of the provider alone may lack what goes with them in another function.
    const isRead = Object.keys(own).some((variable) => VARIABLES.has(variable)) || POOL in shared;
    return isRead ? [...unknown, ...wrongIn(objectOf(settleValue(environment, conditions)), at)] : unknown;
  });
  return [...new Map(findings.map((finding) => [printFinding(finding), finding])).values()];
}

function unknownIn(environment: JsonObject, at: (variable: string) => At): readonly FileFinding[] {
  return Object.keys(environment).flatMap((variable) => {
    const message = unknownVariable(variable);
    return message === undefined ? [] : [findingOf("variable-unknown", at(variable), message)];
  });
}

function wrongIn(environment: JsonObject, at: (variable: string) => At): readonly FileFinding[] {
  const known = Object.entries(environment).flatMap(([variable, value]) =>
    VARIABLES.has(variable) && typeof value !== "object" ? [[variable, String(value)] as const] : [],
  );
  const readable = { ...STAND_INS, ...Object.fromEntries(known) };
  const messages = new Set(READERS.flatMap((read) => complaintOf(() => read(readable)) ?? []));
  return Array.from(messages, (message) => findingOf("variable-value", at(variableIn(message)), message));
}

function findingOf(id: EnvironmentKind, at: At, message: string): FileFinding {
  return { id, severity: "error", place: { kind: "file", ...at }, message };
}

/** The variable that a message is about, which it names first. */
function variableIn(message: string): string {
  return /`(CLAIMGATE_[A-Z_]+)`/.exec(message)?.[1] ?? "";
}

function complaintOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
