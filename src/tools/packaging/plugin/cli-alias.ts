import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { PluginError, type Serverless } from "./framework.ts";

/** The commands of `claimgate` that `sls claimgate` has too. */
const COMMANDS = {
  check: "check the policy, and compare it with the routes of this service",
  test: "run the tests of the policy",
  explain: "explain why a caller may or may not do something",
} as const;

/** What the framework shows with `sls claimgate --help`. */
export const aliasCommands = {
  claimgate: {
    usage: "Commands of claimgate, with its arguments and its exit status",
    commands: Object.fromEntries(
      Object.entries(COMMANDS).map(([name, usage]) => [name, { usage, lifecycleEvents: ["run"] }]),
    ),
  },
};

/**
 * Runs `sls claimgate check|test|explain ARGUMENTS` as `claimgate check|test|explain ARGUMENTS`, and ends the process
 * with its exit status. It must happen while plugins load: afterwards the framework refuses arguments that are not
 * options of its own.
 *
 * @throws PluginError without one of these: the framework would do nothing, and succeed
 * @param policies the directory of the settings, unless the arguments name one
 */
export function runAlias({ processedInput, serviceDir }: Serverless, policies: string): void {
  const [first, command] = processedInput.commands;
  if (first !== "claimgate") return;
  if (command === undefined || !Object.hasOwn(COMMANDS, command)) {
    throw new PluginError("CLAIMGATE_COMMAND_UNKNOWN", NO_COMMAND);
  }
  const args = process.argv.slice(process.argv.indexOf("claimgate") + 1);
  const has = (option: string) => args.some((one) => one === option || one.startsWith(`${option}=`));
  const added = [
    ...(has("--policies") ? [] : ["--policies", policies]),
    ...(command === "check" && !has("--service") ? ["--service"] : []),
  ];
  const { status } = spawnSync(process.execPath, [join(__dirname, "claimgate.cjs"), ...args, ...added], {
    cwd: serviceDir,
    stdio: "inherit",
  });
  process.exit(status ?? 1);
}

/** The framework does not see a command after an option. */
const NO_COMMAND =
  "`sls claimgate` has no command; write `check`, `test` or `explain` next, before any option: `sls claimgate check --stage prod`";
