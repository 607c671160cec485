import { ClaimgateError } from "../errors.ts";

/** One thing that is wrong with a policy file: where, what, and the likely fix. */
export interface Finding {
  /** Stable, kebab-case. */
  readonly rule: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units, as editors do. */
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
}

/** The policy does not load. All findings are there, sorted by file, line and column. */
export class PolicyError extends ClaimgateError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const sorted = findings.map(brief).sort(byPlace);
    super("policy_invalid", sorted.map(printFinding).join("\n"));
    this.findings = sorted;
  }
}

const LONGEST = 600;

/** A finding quotes what it is about, and that may be a file of one line. */
export function brief<T extends Pick<Finding, "message" | "fix">>(finding: T): T {
  const { message, fix } = finding;
  if (message.length <= LONGEST && (fix === undefined || fix.length <= LONGEST)) return finding;
  return { ...finding, message: cut(message), ...(fix !== undefined && { fix: cut(fix) }) };
}

/** Both ends are kept: what it is about, and what is expected. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST / 2)} ... ${text.slice(-LONGEST / 2)}`;
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1);
}

/** `policies/roles.csv:12:30: message (fix) [rule]` */
export function printFinding(finding: Finding): string {
  const fix = finding.fix === undefined ? "" : `; ${finding.fix}`;
  return `${finding.file}:${finding.line}:${finding.column}: ${finding.message}${fix} [${finding.rule}]`;
}
