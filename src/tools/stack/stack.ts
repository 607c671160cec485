import type { JsonObject } from "../../json.ts";

/** The parts of the framework's resolved service that the stack is made of. */
export interface StackInput {
  readonly resources: JsonObject;
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/** A stack whose name is known. */
export interface NamedStack extends StackInput {
  readonly service: string;
  readonly stage: string;
  /** The section of values that the service keeps for itself. */
  readonly custom: JsonObject;
}
