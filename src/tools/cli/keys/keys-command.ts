import type { Command } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import type { KeysArguments } from "./run-keys.ts";

export function keysCommand(run: Run): Command {
  const command = createCommand({
    name: "keys",
    summary: "fetch the public keys of user pools for CLAIMGATE_KEY_SETS",
    description: [
      "Fetches the keys that user pools publish, and writes the value of CLAIMGATE_KEY_SETS: for functions that cannot reach Cognito (docs/authorizers.md). Needs the network, and no credentials: the keys are public.",
      "Exit status 0 if it is done, 1 if it could not run. With --check 2 if the pools publish other keys than the file has; nothing is written.",
    ],
    examples: [
      ["keys eu-west-1_AbCdEfGhI -o keys.txt", "into a file"],
      ["keys eu-west-1_AbCdEfGhI --check keys.txt", "in a daily job"],
      ["keys eu-west-1_AbCdEfGhI --form updated", "of a pool with the updated issuer"],
    ],
  });
  command
    .argument("<pool-id...>", "the ids of the user pools")
    .option("-o, --output <file>", "the file to write (default: standard output)")
    .option("--form <form>", "the issuer form of the pools: original or updated", "original")
    .option("--check <file>", "only compare this file with what the pools publish");
  return withCommonOptions(command).action((pools: readonly string[], options: KeysArguments) =>
    run(options, async (context) => (await import("./run-keys.ts")).runKeys(context, pools, options)),
  );
}
