import { type JsonObject, jsonIn, objectOf, textOf } from "../../json.ts";
import type { Deployment } from "./deployed-stage.ts";

/** The environment of a deployed function. */
export interface DeployedVariables {
  /** The logical id of the function. */
  readonly id: string;
  readonly variables: JsonObject;
}

/** The environments of the functions that were read. */
export function deployedVariables({ functions }: Deployment): readonly DeployedVariables[] {
  return [...functions].map(([id, reading]) => {
    const configuration = reading.read ? reading.value?.configuration : undefined;
    return { id, variables: objectOf(objectOf(configuration?.["Environment"])["Variables"]) };
  });
}

/** The environments of the authorizers: functions that accept tokens of app clients. */
export function authorizerVariables(deployment: Deployment): readonly DeployedVariables[] {
  return deployedVariables(deployment).filter(({ variables }) => "CLAIMGATE_APP_CLIENTS" in variables);
}

/** A variable with JSON; empty if it is missing or invalid, which stops the function at its start. */
export function jsonVariable(variables: JsonObject, name: string): JsonObject {
  return objectOf(jsonIn(textOf(variables[name]) ?? ""));
}

/** A variable with a list; empty if it is missing or blank, which the function does not tell apart. */
export function listVariable(variables: JsonObject, name: string): readonly string[] {
  return (textOf(variables[name]) ?? "").split(",").filter((item) => item.trim() !== "");
}
