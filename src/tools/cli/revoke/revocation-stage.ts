import { createStackReader } from "../../deployment/aws/stack-reader.ts";
import type { DeployedStack } from "../../deployment/deployed-stage.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";

/** A deployed stage and the table of its revocation list. */
export interface RevocationStage {
  readonly stage: ResolvedService;
  readonly stack: DeployedStack;
  readonly table: string;
}

/** @throws CommandError if the stage is not deployed, or has no revocation list */
export async function revocationStage(
  { directory, output }: Context,
  options: StageArguments & { readonly stage: string },
): Promise<RevocationStage> {
  output.progress(`Reading serverless.yml for stage ${options.stage} ...`);
  const { region, param: params } = options;
  const stage = await resolveService({ directory, stage: options.stage, region, params });
  const stack = await createStackReader(stage.region).stack(stage.stackName);
  if (stack === undefined) {
    throw new CommandError("stack_missing", `there is no stack ${stage.stackName} in ${stage.region}`, {
      fix: `deploy the stage first: npx sls deploy --stage ${stage.stage}`,
    });
  }
  const table = stack.outputs.get("RevocationTable");
  if (table !== undefined) return { stage, stack, table };
  throw new CommandError("revocation_list_missing", `the stage ${stage.stage} has no revocation list`, {
    fix: "set the stage parameter `revocation` to `true` and deploy",
  });
}
