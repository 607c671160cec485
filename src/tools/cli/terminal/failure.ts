import { codeOf, messageOf } from "../../../errors.ts";
import { PolicyError, printFinding } from "../../../policy/finding.ts";
import { CommandError } from "../../machine/command-error.ts";
import { printable } from "../../text/printable.ts";
import { printCapped } from "./capped.ts";
import type { FailureJson } from "./failure-contract.ts";
import type { Output } from "./output.ts";

/**
 * Prints why a command could not run: one message and the fix, never a stack trace. With `--format json` standard
 * output also gets `{"error":{"code","message","fix"?}}`, for an invalid policy with `findings`.
 */
export function reportFailure(error: unknown, output: Output, verbose: boolean): void {
  if (error instanceof PolicyError) {
    reportPolicy(error, output);
    return;
  }
  const { code, message, fix } = failureOf(error);
  if (output.format === "json") {
    output.json({ error: { code, message, ...(fix === undefined ? {} : { fix }) } } satisfies FailureJson);
  }
  output.notes.line(`${output.notes.style("red", "error")}: ${message} [${code}]`);
  if (fix !== undefined) output.notes.line(`  ${fix}`);
  if (verbose) for (const line of causesOf(error)) output.notes.line(`  caused by ${line}`);
  else if (code === "unexpected") output.notes.line("  run it again with --verbose to see more");
}

function reportPolicy({ code, findings }: PolicyError, output: Output): void {
  const message = `the policy is not valid: ${findings.length} finding${findings.length === 1 ? "" : "s"}`;
  if (output.format === "json") {
    // Only `check`, which tries out suggestions, prints them.
    const told = findings.map(({ suggestions: _, guide: __, ...finding }) => finding);
    output.json({ error: { code, message, findings: told } } satisfies FailureJson);
  }
  printCapped(output.notes, findings, (finding) => output.notes.line(printable(printFinding(finding))));
  output.notes.line(`${output.notes.style("red", "error")}: ${message} [${code}]`);
}

function failureOf(error: unknown): { code: string; message: string; fix?: string | undefined } {
  const code = codeOf(error);
  if (error instanceof CommandError) return { code, message: error.message, fix: error.fix };
  return { code, message: messageOf(error) };
}

/** The chain of causes; for the last one also its stack, since it is unexpected. */
function causesOf(error: unknown): string[] {
  const lines: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  let last = error;
  // A cyclic chain must not hang the command.
  for (let depth = 0; cause instanceof Error && depth < 8; depth += 1) {
    lines.push(`${cause.name}: ${cause.message}`);
    last = cause;
    cause = cause.cause;
  }
  if (last instanceof Error && last.stack !== undefined) lines.push(last.stack);
  return lines;
}
