import type { JsonObject } from "../../json.ts";

/** The parts of the framework's resolved service that make up the stack. */
export interface StackInput {
  readonly resources: JsonObject;
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/** A stack with a known name. */
export interface NamedStack extends StackInput {
  readonly service: string;
  readonly stage: string;
  /** The section of values that belong to the service itself. */
  readonly custom: JsonObject;
}
