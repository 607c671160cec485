import { ClaimgateError } from "../errors.ts";
import { byPlaceAndRule } from "./place.ts";

/** One problem in a policy file: where, what, and the likely fix. */
export interface Finding {
  /** Stable, kebab-case. */
  readonly rule: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units, as editors do. */
  readonly column: number;
  readonly message: string;
  /** What to do, suggestions included. */
  readonly fix?: string;
  /** What was probably meant, most likely first. */
  readonly suggestions?: readonly Suggestion[];
  /** What to do if no suggestion is right. */
  readonly guide?: string;
}

/** A replacement within one line of a file. */
export interface Edit {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** The length of the replaced text, in UTF-16 code units. */
  readonly length: number;
  readonly text: string;
}

/** What was probably meant. Applying all its edits resolves the finding. */
export interface Suggestion {
  /** As the fix shows it. */
  readonly meant: string;
  /** Edits do not overlap. */
  readonly edits: readonly Edit[];
}

/** The part of a finding that says what to do. */
export type LikelyFix = Pick<Finding, "suggestions" | "guide"> & { readonly fix: string };

/**
 * What to do about a finding that may have suggestions.
 *
 * @param guide what to do without one
 * @param rest what follows the suggestions, such as `; else add the row`
 */
export function likelyFix(suggestions: readonly Suggestion[], guide: string, rest = ""): LikelyFix {
  if (suggestions.length === 0) return { fix: guide };
  return { fix: `${didYouMean(suggestions)}${rest}`, suggestions, guide };
}

/** The finding with only some of its suggestions; without any, its fix is the general one. */
export function withSuggestions<T extends Finding>(finding: T, kept: readonly Suggestion[]): T {
  const { suggestions = [], fix = "", guide = fix } = finding;
  if (kept.length === suggestions.length) return finding;
  const { suggestions: _, guide: __, ...plain } = finding;
  // Only the fix changes; the rest of the finding stays.
  return { ...plain, ...likelyFix(kept, guide, fix.slice(didYouMean(suggestions).length)) } as T;
}

function didYouMean(suggestions: readonly Suggestion[]): string {
  return `did you mean ${suggestions.map(({ meant }) => `\`${meant}\``).join(" or ")}?`;
}

/**
 * The policy does not load. Has all findings, sorted by file, line and column; the message shows the first.
 *
 * @example
 * import { loadPolicy, PolicyError, type PolicySources, printFinding } from "claimgate/policy";
 *
 * export function load(sources: PolicySources) {
 *   try {
 *     return loadPolicy(sources);
 *   } catch (error) {
 *     if (error instanceof PolicyError) console.error(error.findings.map(printFinding).join("\n"));
 *     throw error;
 *   }
 * }
 */
export class PolicyError extends ClaimgateError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const sorted = findings.map(brief).sort(byPlaceAndRule);
    super("policy_invalid", printFindings(sorted).join("\n"));
    this.name = "PolicyError";
    this.findings = sorted;
  }
}

const LONGEST = 600;

/** Findings quote their input, which may be a file of one line. */
export function brief<T extends Pick<Finding, "message" | "fix">>(finding: T): T {
  const { message, fix } = finding;
  if (message.length <= LONGEST && (fix === undefined || fix.length <= LONGEST)) return finding;
  return { ...finding, message: cut(message), ...(fix !== undefined && { fix: cut(fix) }) };
}

/** Keeps both ends: the subject of the message and what was expected. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST / 2)} ... ${text.slice(-LONGEST / 2)}`;
}

/**
 * `policies/roles.csv:12:30: message (fix) [rule]`
 *
 * @example
 * import { type Finding, printFinding } from "claimgate/policy";
 *
 * export const print = (findings: readonly Finding[]) => console.error(findings.map(printFinding).join("\n"));
 */
export function printFinding(finding: Finding): string {
  const fix = finding.fix === undefined ? "" : `; ${finding.fix}`;
  return `${finding.file}:${finding.line}:${finding.column}: ${finding.message}${fix} [${finding.rule}]`;
}

/** The number of findings to print; a policy with a wrong separator has one per line. */
export const FINDINGS_SHOWN = 100;

/** The first findings, one per line, and a line with the number of the others. */
export function printFindings(findings: readonly Finding[]): readonly string[] {
  const lines = findings.slice(0, FINDINGS_SHOWN).map(printFinding);
  const left = findings.length - lines.length;
  return left === 0 ? lines : [...lines, moreFindings(left)];
}

/** The line below findings with the number of those not shown. */
export function moreFindings(left: number): string {
  const count = `${left.toLocaleString("en-US")} ${left === 1 ? "finding" : "findings"}`;
  return `... and ${count} more; \`claimgate check --max-findings 0\` prints all`;
}
