import { UndecidedError } from "../../src/authorizers/undecided.ts";
import { PublicRefusal } from "../../src/triggers/report.ts";

/** What came of one event. */
export interface Answered {
  readonly allowed: boolean;
  /** What no event may cause; undefined where all is well. */
  readonly fault: string | undefined;
}

/** The names of errors that say that code of ours did not expect its input. */
const BROKEN = /\b(Type|Range|Reference|Syntax|Eval|URI|Assertion)Error\b/;

/** Invokes a function and looks at everything that it did: answer, error and log. */
export async function answeredBy(invoke: () => Promise<unknown>): Promise<Answered> {
  const { outcome, lines } = await listening(invoke);
  const faults = [outcome.fault, ...lines.map(logFault)].filter((fault) => fault !== undefined);
  return { allowed: outcome.allowed, fault: faults[0] };
}

async function outcomeOf(invoke: () => Promise<unknown>): Promise<Answered> {
  let answer: unknown;
  try {
    answer = await invoke();
  } catch (error) {
    return { allowed: false, fault: isMeant(error) ? undefined : `thrown: ${String(error)}` };
  }
  try {
    JSON.stringify(answer);
  } catch (error) {
    return { allowed: false, fault: `an answer that is no JSON: ${String(error)}` };
  }
  return verdictOf(answer);
}

function isMeant(error: unknown): boolean {
  if (error instanceof UndecidedError || error instanceof PublicRefusal) return true;
  return error instanceof Error && error.message === "Unauthorized";
}

interface Statement {
  readonly Effect?: unknown;
  readonly Resource?: unknown;
}

function verdictOf(answer: unknown): Answered {
  if (typeof answer !== "object" || answer === null) {
    return { allowed: false, fault: `an answer that is no object: ${String(answer)}` };
  }
  const { isAuthorized, policyDocument } = answer as {
    isAuthorized?: unknown;
    policyDocument?: { Statement?: readonly Statement[] };
  };
  if (policyDocument === undefined) {
    const fault =
      isAuthorized === undefined || typeof isAuthorized === "boolean"
        ? undefined
        : `isAuthorized: ${String(isAuthorized)}`;
    return { allowed: isAuthorized === true, fault };
  }
  const { Statement: statements = [] } = policyDocument;
  const allowing = statements.filter(({ Effect }) => Effect === "Allow");
  const odd = statements.find(({ Effect }) => Effect !== "Allow" && Effect !== "Deny");
  const wild = allowing.find(({ Resource }) => [Resource].flat().some(isWild));
  const fault =
    statements.length === 0
      ? "an empty policy"
      : odd !== undefined
        ? "a statement that neither allows nor denies"
        : wild !== undefined
          ? `an allow with a wildcard: ${JSON.stringify(wild)}`
          : undefined;
  return { allowed: allowing.length > 0, fault };
}

function isWild(resource: unknown): boolean {
  return typeof resource !== "string" || /[*?$]/.test(resource.replace(/\$(default|connect)/, ""));
}

function logFault(line: string): string | undefined {
  if (/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./.test(line)) return `a token in the log: ${line}`;
  let fields: { readonly code?: unknown };
  try {
    fields = JSON.parse(line) as typeof fields;
  } catch {
    return `a log line that is no JSON: ${line}`;
  }
  if (fields.code === "unexpected" || BROKEN.test(line)) return `nobody expected this: ${line}`;
  return undefined;
}

/** Runs it with standard output going nowhere but into `lines`. */
async function listening(invoke: () => Promise<unknown>) {
  const lines: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array) => {
    lines.push(...String(chunk).split("\n").filter(Boolean));
    return true;
  };
  try {
    return { outcome: await outcomeOf(invoke), lines };
  } finally {
    process.stdout.write = write;
  }
}
