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
  /** What to do, with the suggestions in words. */
  readonly fix?: string;
  /** What was probably meant, the likeliest first. */
  readonly suggestions?: readonly Suggestion[];
  /** What to do where none of the suggestions is right. */
  readonly guide?: string;
}

/** Text in place of what is in a file; on one line. */
export interface Edit {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** Of what it replaces, in UTF-16 code units. */
  readonly length: number;
  readonly text: string;
}

/** What was probably meant: applied as a whole, it takes its finding away. */
export interface Suggestion {
  /** As the fix shows it. */
  readonly meant: string;
  /** None overlaps another. */
  readonly edits: readonly Edit[];
}

/** The part of a finding that says what to do. */
export type LikelyFix = Pick<Finding, "suggestions" | "guide"> & { readonly fix: string };

/**
 * What to do about a finding for which there may be suggestions.
 *
 * @param guide what to do without one
 * @param rest what follows the suggestions, such as `; else add the row`
 */
export function likelyFix(suggestions: readonly Suggestion[], guide: string, rest = ""): LikelyFix {
  if (suggestions.length === 0) return { fix: guide };
  return { fix: `${didYouMean(suggestions)}${rest}`, suggestions, guide };
}

/** The finding with fewer suggestions than it has; without any it says what to do at all. */
export function withSuggestions<T extends Finding>(finding: T, kept: readonly Suggestion[]): T {
  const { suggestions = [], fix = "", guide = fix } = finding;
  if (kept.length === suggestions.length) return finding;
  const { suggestions: _, guide: __, ...plain } = finding;
  // The rest of a finding is as it was; only what to do is said anew.
  return { ...plain, ...likelyFix(kept, guide, fix.slice(didYouMean(suggestions).length)) } as T;
}

function didYouMean(suggestions: readonly Suggestion[]): string {
  return `did you mean ${suggestions.map(({ meant }) => `\`${meant}\``).join(" or ")}?`;
}

/** The policy does not load. All findings are there, sorted by file, line and column; its message has the first. */
export class PolicyError extends ClaimgateError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const sorted = findings.map(brief).sort(byPlace);
    super("policy_invalid", printFindings(sorted).join("\n"));
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

/** How many findings people read at once; a policy with a wrong separator has one a line. */
export const FINDINGS_SHOWN = 100;

/** The first of them, a line each, and a line that says how many were left out. */
export function printFindings(findings: readonly Finding[]): readonly string[] {
  const lines = findings.slice(0, FINDINGS_SHOWN).map(printFinding);
  const left = findings.length - lines.length;
  return left === 0 ? lines : [...lines, moreFindings(left)];
}

/** The line below findings that says how many are not shown. */
export function moreFindings(left: number): string {
  const count = `${left.toLocaleString("en-US")} ${left === 1 ? "finding" : "findings"}`;
  return `... and ${count} more; \`claimgate check --max-findings 0\` prints all`;
}
