import { type CommandRun, runClaimgate } from "../claimgate-command.ts";
import { CREDENTIALS, REGION } from "./account.ts";
import { rehearsal } from "./rehearsal.ts";

/** Runs the `claimgate` command with the emulator in AWS's place, and with its credentials. */
export function claimgate(args: readonly string[], cwd = process.cwd()): Promise<CommandRun> {
  return runClaimgate(args, {
    cwd,
    env: {
      AWS_ENDPOINT_URL: rehearsal().emulator,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_REGION: REGION,
    },
  });
}
