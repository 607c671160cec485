import type { StageArguments } from "./common-options.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

export interface DetachArguments extends StageArguments {
  readonly stage: string;
  readonly userPoolId?: string;
  readonly dryRun?: true;
  readonly backup?: string;
}

export async function runDetach(_context: Context, _options: DetachArguments): Promise<ExitCode> {
  return EXIT.ok;
}
