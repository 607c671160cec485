import { CommandError } from "../../machine/command-error.ts";
import type { InitArguments } from "./init-arguments.ts";

/** What `serverless.yml` has already, and `init` therefore leaves as it is. */
interface Existing {
  readonly policy: boolean;
  /** `custom.claimgate`. */
  readonly settings: boolean;
}

/**
 * Options that would change nothing, because the service is set up.
 * @throws CommandError `command_usage` with the lines to write
 */
export function refuseIgnored(options: InitArguments, existing: Existing): void {
  if (!existing.settings) return;
  const [guard] = options.guard ?? [];
  const [replace] = options.replace ?? [];
  if (existing.policy) {
    const rows = "and the rows of its routes: `claimgate check --service` names those without one";
    if (replace !== undefined)
      refuse(`--replace ${replace}`, `write \`authorizer: claimgate\` in place of \`${replace}\`, ${rows}`);
    if (guard !== undefined)
      refuse(`--guard ${guard}`, `write \`authorizer: claimgate\` in the event, ${rows}`);
  }
  if (options.triggers === true)
    refuse(
      "--triggers",
      "write `triggers: [preSignUp, postConfirmation, preTokenGeneration]` below `custom.claimgate`: docs/triggers.md",
    );
  if (options.userPoolId !== undefined)
    refuse("--user-pool-id", `write \`userPool: ${options.userPoolId}\` below \`custom.claimgate\``);
  const [client] = options.appClient ?? [];
  if (client !== undefined)
    refuse(
      `--app-client ${client}`,
      `write \`${client.replace("=", ": ")}\` below \`custom.claimgate.appClients\``,
    );
}

function refuse(option: string, fix: string): never {
  throw new CommandError(
    "command_usage",
    `claimgate is set up already, so \`${option}\` would change nothing`,
    { fix },
  );
}
