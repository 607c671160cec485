import { loadPolicy } from "../../../policy/load.ts";
import type { Period } from "../../decision-log/period.ts";
import {
  createShadowReplay,
  type ShadowChange,
  type ShadowReplay,
} from "../../decision-log/shadow-replay.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Screen } from "../../machine/screen.ts";
import { counted, number } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { readPolicies } from "../terminal/policy-options.ts";
import type { ShadowReplayJson } from "./judge-contract.ts";
import { described, REASONS } from "./print-replay.ts";
import { readLogs } from "./read-log.ts";
import type { ReplayArguments } from "./replay-arguments.ts";

/** `claimgate replay --shadow LOG...`: what a shadow logged. @throws CommandError, PolicyError */
export async function runShadowReplay(
  context: Context,
  logs: readonly string[],
  options: ReplayArguments,
  period: Period,
): Promise<ExitCode> {
  const { output } = context;
  const replay = createShadowReplay(loadPolicy(readPolicies(context, options)), period);
  await readLogs(logs, output, replay.add);
  const result = replay.result();
  requireShadow(result, options.policies);
  if (output.format === "json") output.json(result satisfies ShadowReplayJson);
  else print(output.screen, result);
  const { differences, changes, failures } = result;
  const fails = options.failOn === "any" ? differences > 0 : changes.some(({ widens }) => widens);
  if (fails) return EXIT.no;
  return failures > 0 && options.ignoreUndecided !== true ? EXIT.couldNotRun : EXIT.ok;
}

/** A log without a shadow has no difference either. @throws CommandError */
function requireShadow(
  { starts, differences, ofOthers, policyVersion }: ShadowReplay,
  policies: string,
): void {
  if (starts + differences > 0) return;
  const others = ofOthers === 0 ? "" : `, but ${counted(ofOthers, "line")} of another candidate`;
  throw new CommandError(
    "log_without_decisions",
    `the log has no line of a shadow with the policy in \`${policies}\`, version ${policyVersion}${others}`,
    { fix: "name the directory of the candidate with `--policies`; see docs/changing-a-policy.md" },
  );
}

function print(screen: Screen, result: ShadowReplay): void {
  const { log, starts, policyVersion, differences, ofOthers, failures, changes } = result;
  screen.line(
    `${described(log)}; candidate ${policyVersion} was a shadow, with ${counted(starts, "start")} of a function`,
  );
  for (const change of changes) printChange(screen, change);
  if (ofOthers > 0) screen.line(`\nIgnored: ${counted(ofOthers, "line")} of other candidates`);
  if (failures > 0) {
    screen.line(
      screen.style(
        "yellow",
        `\n${counted(failures, "line")} (shadow-unusable, shadow-failed): the candidate did not decide everything`,
      ),
    );
  }
  const widening = changes.filter(({ widens }) => widens).reduce((sum, { count }) => sum + count, 0);
  screen.line(
    `\n${counted(differences, "difference")}${widening > 0 ? screen.style("red", `, ${number(widening)} of them from deny to allow`) : ""}`,
  );
}

function printChange(
  screen: Screen,
  { widens, route, subjects, before, after, reason, count, example }: ShadowChange,
): void {
  const mark = screen.style(widens ? "red" : "yellow", widens ? "WIDENS" : "narrows");
  const change = widens ? "deny -> allow" : "allow -> deny";
  screen.heading(`${mark}  ${printable(route)}   ${change}   ${counted(count, "time")}`);
  screen.line(`  subjects  ${printable(subjects.join(", ")) || "(only the user)"}`);
  for (const { at, row } of before)
    screen.line(`  is        ${row ?? "a row that the candidate lacks"}  (${printable(at)})`);
  for (const { at, row } of after) screen.line(`  would be  ${row ?? "a row"}  (${printable(at)})`);
  if (after.length === 0 && reason !== "") screen.line(`  would be  ${REASONS[reason] ?? printable(reason)}`);
  if (example.requestId !== null) {
    const at = example.time ?? "no time";
    screen.line(screen.style("dim", `  example   request ${printable(example.requestId)}, ${at}`));
  }
}
