import type { StageArguments } from "../terminal/common-options.ts";

export interface LspArguments extends StageArguments {
  /** The directory of the policy in each folder of the workspace; by default every policy in it is found. */
  readonly policies?: string;
  readonly service?: true;
}
