import type { StageArguments } from "../terminal/common-options.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";

export interface InitArguments extends StageArguments, PolicyOptions {
  readonly guard?: readonly string[];
  readonly replace?: readonly string[];
  readonly triggers?: true;
  readonly userPoolId?: string;
  readonly appClient?: readonly string[];
  readonly dryRun?: true;
  readonly force?: true;
}
