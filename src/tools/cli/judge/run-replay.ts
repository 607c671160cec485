import { loadPolicy } from "../../../policy/load.ts";
import { createReplay, type Replay } from "../../decision-log/replay.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { readPolicies } from "../terminal/policy-options.ts";
import type { ReplayJson } from "./judge-contract.ts";
import { printReplay } from "./print-replay.ts";
import { periodOf, readLogs, requireDecisions } from "./read-log.ts";
import type { ReplayArguments } from "./replay-arguments.ts";
import { runShadowReplay } from "./run-shadow-replay.ts";

/** `claimgate replay LOG...`. @throws CommandError, PolicyError */
export async function runReplay(
  context: Context,
  logs: readonly string[],
  options: ReplayArguments,
): Promise<ExitCode> {
  const { output } = context;
  const period = periodOf(options.since, options.until, Date.now());
  if (options.shadow === true) return runShadowReplay(context, logs, options, period);
  const replay = createReplay(loadPolicy(readPolicies(context, options)), period);
  await readLogs(logs, output, replay.add);
  const result = replay.result();
  requireDecisions(result.log, result.outsidePeriod);
  if (output.format === "json") output.json(result satisfies ReplayJson);
  else printReplay(output.screen, result);
  return exitCodeOf(result, options);
}

/** A decision that cannot be replayed is neither a yes nor a change. */
function exitCodeOf(result: Replay, { failOn, ignoreUndecided }: ReplayArguments): ExitCode {
  const fails = failOn === "any" ? result.changed > 0 : result.changes.some(({ widens }) => widens);
  if (fails) return EXIT.no;
  const unknown = result.undecided > 0 || Object.keys(result.lines.damaged).length > 0;
  return unknown && ignoreUndecided !== true ? EXIT.couldNotRun : EXIT.ok;
}
