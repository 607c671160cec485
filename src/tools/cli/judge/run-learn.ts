import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { loadPolicy } from "../../../policy/load.ts";
import type { Policy } from "../../../policy/policy.ts";
import { createLearning, type LeftOut } from "../../decision-log/learning/learn.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type DraftFile, draftFile } from "../../machine/draft-file.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { Screen } from "../../machine/screen.ts";
import { runSuite } from "../../policy-tests/run-suites.ts";
import { parseTestFile } from "../../policy-tests/test-file.ts";
import { TEST_SUFFIX } from "../../policy-tests/tested-claims.ts";
import { counted, number } from "../../text/counted.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, readPolicies } from "../terminal/policy-options.ts";
import type { LearnJson } from "./learn-contract.ts";
import { printLines } from "./print-replay.ts";
import { periodOf, readLogs, requireDecisions } from "./read-log.ts";

export interface LearnArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
  readonly force?: true;
  readonly since?: string;
  readonly until?: string;
  readonly min: number;
  readonly otherVersions?: true;
}

/** `claimgate learn LOG... -o FILE`. @throws CommandError, PolicyError */
export async function runLearn(
  context: Context,
  logs: readonly string[],
  options: LearnArguments,
): Promise<ExitCode> {
  const path = placeFor(context, options);
  const period = periodOf(options.since, options.until, Date.now());
  const policy = loadPolicy(readPolicies(context, options));
  const { min, otherVersions = false } = options;
  const learning = createLearning(policy, { period, min, otherVersions });
  await readLogs(logs, context.output, learning.add);
  const { suite, learned, leftOut, log, ...counts } = learning.result();
  requireDecisions(log, counts.outsidePeriod);
  if (suite === undefined) throw nothingLearned(leftOut);
  const { text, callers } = suite;
  const { expectations, failures } = runLearned(policy, options.output, text);
  if (failures.length === 0) write(path, options, text);
  const result: LearnJson = {
    ...counts,
    file: options.output,
    decisions: log.decisions,
    learned,
    callers,
    expectations,
    failed: failures.length,
    leftOut,
  };
  if (context.output.format === "json") context.output.json(result);
  else printLearned(context.output.screen, result, failures, options);
  return failures.length > 0 ? EXIT.testsFailed : EXIT.ok;
}

/** Refused before the log is read: it may be long. @throws CommandError `command_usage` */
function placeFor({ directory }: Context, { output, force }: LearnArguments): string {
  if (!output.endsWith(TEST_SUFFIX)) {
    throw new CommandError("command_usage", `\`${output}\` does not end in \`${TEST_SUFFIX}\``, {
      fix: "`claimgate test` runs only such files: write `-o policies/tests/learned.test.yaml`",
    });
  }
  const path = resolve(directory, output);
  if (force === true || lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
  throw new CommandError("command_usage", `\`${output}\` exists, and nothing is appended to a policy test`, {
    fix: "give another file with `-o`, or `--force` to replace it",
  });
}

function nothingLearned(leftOut: readonly LeftOut[]): CommandError {
  const reasons = leftOut.map((one) => `${number(one.count)} ${reasonOf(one)}`).join(", ");
  return new CommandError("log_without_decisions", `nothing can be learned from the log: ${reasons}`, {
    fix: leftOut.some(({ why }) => why === "other-version")
      ? "give the policy that decided, or `--other-versions`"
      : "give a longer log, or a smaller `--min`",
  });
}

/** As `claimgate test` runs the file. */
function runLearned(
  policy: Policy,
  file: string,
  text: string,
): { readonly expectations: number; readonly failures: readonly string[] } {
  const { suites, findings } = parseTestFile(policy, file, text);
  const cases = suites.flatMap((suite) => runSuite(policy, suite));
  const failures = cases.flatMap(({ principal, target, failure }) =>
    failure === undefined ? [] : [`${principal} ${target}: ${failure}`],
  );
  return { expectations: cases.length, failures: [...findings.map(({ message }) => message), ...failures] };
}

/** @throws CommandError `file_not_written`; the former file, if there is one, remains */
function write(path: string, { output }: LearnArguments, text: string): void {
  let draft: DraftFile | undefined;
  try {
    draft = draftFile(path, text);
    draft.put();
  } catch (cause) {
    draft?.drop();
    throw new CommandError("file_not_written", `${output} could not be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another file with `-o`",
    });
  }
}

function printLearned(
  screen: Screen,
  result: LearnJson,
  failures: readonly string[],
  { policies }: LearnArguments,
): void {
  if (result.leftOut.length > 0) {
    screen.heading(`Left out: ${counted(result.decisions - result.learned, "decision")}`);
    for (const one of result.leftOut) screen.line(`  ${number(one.count)} ${reasonOf(one)}`);
  }
  printLines(screen, result.lines, result.outsidePeriod);
  const size = [
    counted(result.learned, "decision"),
    counted(result.callers, "caller"),
    counted(result.expectations, "expectation"),
  ].join(", ");
  if (failures.length === 0) {
    screen.line(`\nwrote ${result.file}: ${size}, all hold on ${policies}`);
    return;
  }
  for (const failure of failures) screen.line(`  ${failure}`);
  const failed = screen.style("red", `${number(failures.length)} do not hold on ${policies}`);
  screen.line(`\n${size}, ${failed}; nothing was written`);
}

const REASONS = {
  "other-version": "of another policy version (`--other-versions` decides them again)",
  "decided-otherwise": "that the policy decides otherwise now",
  "seen-rarely": "seen less often than `--min`",
  "input-not-logged": "that depend on values which the log lacks",
  "app-not-logged": "without the app, from before the log had it",
  "path-not-logged": "without a path, on a route that is no longer declared",
  "names-a-person": "of users or groups that a row names by an id or an address",
  "route-undeclared": "on routes that the policy does not declare",
  "app-unnamed": "of apps that no `p3` row names",
  inexpressible: "that a policy test cannot say, such as on a public route",
} as const satisfies Readonly<Record<LeftOut["why"], string>>;

function reasonOf({ why, missing }: LeftOut): string {
  return missing.length === 0 ? REASONS[why] : `${REASONS[why]}: ${missing.join(", ")}`;
}
