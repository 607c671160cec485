import type { StageArguments } from "./common-options.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

export interface DoctorArguments extends StageArguments {
  readonly offline?: true;
  readonly package?: string;
}

export async function runDoctor(_context: Context, _options: DoctorArguments): Promise<ExitCode> {
  return EXIT.ok;
}
