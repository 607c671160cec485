import { printable } from "../../text/printable.ts";
import { EXIT } from "../terminal/exit-code.ts";
import type { ApartRun } from "./run-apart.ts";

/** The result of a tool. */
export interface AgentAnswer {
  readonly isError: boolean;
  readonly text: string;
  /** Absent if there is no answer. */
  readonly structured?: {
    readonly exitStatus: number;
    readonly meaning: string;
    readonly answer: Readonly<Record<string, unknown>>;
  };
}

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [EXIT.ok, "ok"],
  [EXIT.couldNotRun, "it could not run"],
  [EXIT.no, "the answer is no"],
  [EXIT.policyInvalid, "the policy is not valid"],
  [EXIT.testsFailed, "a policy test failed"],
  [EXIT.coverageTooLow, "too few rows are tested"],
]);

const STOPPED = {
  cancelled: "the call was cancelled",
  "too-long": "the command took too long and was stopped: ask about fewer rows, or run it in a terminal",
  "too-much": "the answer is too large for a tool: ask a narrower question, or run the command in a terminal",
};

/** What an agent is told about a run of a command with `--format json`. */
export function answerOf(run: ApartRun): AgentAnswer {
  if (run.stopped !== undefined) return failure(STOPPED[run.stopped]);
  const answer = objectIn(run.stdout);
  if (run.status === undefined || answer === undefined) {
    return failure(run.stderr.trim() === "" ? "the command ended without an answer" : run.stderr.trim());
  }
  const meaning = MEANINGS.get(run.status) ?? "unknown";
  const structured = { exitStatus: run.status, meaning, answer };
  const isError = run.status === EXIT.couldNotRun || Object.hasOwn(answer, "error");
  return { isError, text: printable(JSON.stringify(structured)), structured };
}

export function failure(text: string): AgentAnswer {
  return { isError: true, text };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
