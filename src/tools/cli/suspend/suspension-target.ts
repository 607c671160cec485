import type { PoolAddress } from "../../deployment/aws/pool-users.ts";
import { createStackReader } from "../../deployment/aws/stack-reader.ts";
import { CommandError } from "../../machine/command-error.ts";
import { resolveService } from "../../service/resolved-service.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";

/** The options of `suspend` and `unsuspend`. */
export interface SuspensionArguments extends StageArguments {
  readonly group?: string;
  /** The address of the emulated pool; `true` means that of `npm start`. */
  readonly local?: string | true;
  /** Also deletes the user; only for `suspend`. */
  readonly delete?: true;
  readonly dryRun?: true;
}

/** The group of the sample policy whose members are denied everything. */
export const SUSPENDED = "suspended";

/** The pool of a user, and the suspension records of its stage. */
export interface SuspensionTarget extends PoolAddress {
  readonly stage: string | undefined;
  readonly region: string;
  /** The revocation list. */
  readonly table: string | undefined;
}

/** The pool of `npm start`, as src/tools/local/identifiers.ts and src/tools/local/ports.ts name it. */
export const LOCAL_POOL = { userPoolId: "us-east-1_LocalPool", endpoint: "http://127.0.0.1:9229" };

const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/;

/** The selected pool. @throws CommandError if that is unclear */
export async function suspensionTarget(
  { directory, output }: Context,
  { stage, local, region, param }: SuspensionArguments,
): Promise<SuspensionTarget> {
  if (stage !== undefined && local !== undefined) {
    throw usage("`--stage` and `--local` exclude each other", "give one of them");
  }
  if (stage === undefined && local === undefined) {
    throw usage("expected a stage, or the local stack", "give one of `--stage` and `--local`");
  }
  if (local !== undefined) return localTarget(local === true ? LOCAL_POOL.endpoint : local);
  output.progress(`Reading serverless.yml for stage ${String(stage)} ...`);
  const service = await resolveService({ directory, stage: stage ?? "", region, params: param });
  const stack = await createStackReader(service.region).stack(service.stackName);
  if (stack === undefined) {
    throw new CommandError("stack_missing", `there is no stack ${service.stackName} in ${service.region}`, {
      fix: `deploy the stage first: npx sls deploy --stage ${service.stage}`,
    });
  }
  const userPoolId = stack.outputs.get("UserPoolId");
  if (userPoolId === undefined) {
    throw new CommandError("stack_missing", `the stack ${stack.name} has no output UserPoolId`, {
      fix: "deploy it again",
    });
  }
  return {
    stage: service.stage,
    region: service.region,
    userPoolId,
    table: stack.outputs.get("RevocationTable"),
  };
}

function localTarget(endpoint: string): SuspensionTarget {
  if (!LOOPBACK.test(endpoint)) {
    throw usage(
      `--local is \`${endpoint}\``,
      "give an address of this machine, such as http://127.0.0.1:9229",
    );
  }
  const { userPoolId } = LOCAL_POOL;
  return { stage: undefined, region: "us-east-1", userPoolId, endpoint, table: undefined };
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
