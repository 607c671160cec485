import type { TriggerVersion } from "../analysis/pool-update/trigger.ts";
import type { StageArguments } from "./common-options.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

export interface AttachArguments extends StageArguments {
  readonly stage: string;
  readonly userPoolId?: string;
  readonly triggerVersion?: TriggerVersion;
  readonly replace?: true;
  readonly dryRun?: true;
  readonly backup?: string;
}

export async function runAttach(_context: Context, _options: AttachArguments): Promise<ExitCode> {
  return EXIT.ok;
}
