import { compilePolicy, type PolicyFile, type PolicySources } from "../policy/compile.ts";
import { brief, type Finding, PolicyError } from "../policy/finding.ts";
import { parsePolicy } from "../policy/parse.ts";
import type { Row } from "../policy/row.ts";
import { parseGroupsFile } from "./groups-file.ts";
import { byPlace, linesOf } from "./place.ts";
import { RULES } from "./registry.ts";
import type { LintSubject, Rule, Severity } from "./rule.ts";
import type { Service } from "./service.ts";

export interface LintFinding extends Finding {
  readonly severity: Severity;
}

/** A rule that the configuration switches off. */
export interface SwitchedOffRule {
  readonly rule: string;
  readonly reason: string;
  /** How many findings that hides; 0 tells that the switch is not needed. */
  readonly hidden: number;
}

export interface LintReport {
  /** Sorted by file, line, column and rule. */
  readonly findings: readonly LintFinding[];
  /** Sorted by rule. */
  readonly switchedOff: readonly SwitchedOffRule[];
}

export interface LintOptions {
  /** What serverless.yml deploys; undefined where nobody looked: then no rule compares with it. */
  readonly service: Service | undefined;
  /** `groups.yaml`, where there is one. */
  readonly groupsFile?: PolicyFile | undefined;
  /** Rule -> reason, as `parseLintConfiguration` gives it. */
  readonly switchedOff: ReadonlyMap<string, string>;
}

/**
 * Lints a policy: what the loader refuses, and what the rules find in the rows that parse. Never throws on
 * what a file holds.
 */
export function lint(sources: PolicySources, options: LintOptions): LintReport {
  const { groupsFile } = options;
  const groups = groupsFile === undefined ? undefined : parseGroupsFile(groupsFile.path, groupsFile.text);
  const refused = [...loaderFindings(sources), ...(groups?.findings ?? []).map(asError)];
  const { rows, findings: misread } = parsePolicy(sources.rows);
  const empty = refused.some(({ rule }) => rule === "empty-policy");
  const mayFill = misreadLines(sources.rows, misread);
  const subject: LintSubject = {
    rows: withoutDuplicates(rows),
    files: sources.rows,
    service: options.service,
    groupSettings: groups?.groups,
  };
  const found = RULES.flatMap((rule) =>
    rule.needsEveryRow === true
      ? run(rule, subject).filter((finding) => !empty && !mayFill(finding))
      : run(rule, subject),
  );
  const shown = found.filter(({ rule }) => !options.switchedOff.has(rule));
  const hidden = found.filter(({ rule }) => options.switchedOff.has(rule));
  return {
    findings: [...refused, ...shown].sort(byPlaceAndRule),
    switchedOff: [...options.switchedOff]
      .map(([rule, reason]) => ({ rule, reason, hidden: hidden.filter((one) => one.rule === rule).length }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}

/** With so many lines that do not parse, nothing is concluded from what is missing. */
const MANY = 100;

/**
 * Whether a finding about something that is missing may be about a line that does not parse: that would say the same
 * mistake twice. It is, where such a line has one of the names that the finding quotes, or a wildcard.
 */
function misreadLines(
  files: readonly PolicyFile[],
  misread: readonly Finding[],
): (finding: Pick<Finding, "message">) => boolean {
  if (misread.length > MANY) return () => true;
  const texts = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  const lines = misread.map(({ file, line }) => texts.get(file)?.[line - 1]?.toLowerCase() ?? "*");
  if (lines.some((line) => line.includes("*"))) return () => true;
  return ({ message }) => {
    const quoted = Array.from(message.matchAll(/`([^`]+)`/g), ([, name = ""]) => name.toLowerCase());
    const names = quoted.flatMap((name) => [name, name.slice(name.indexOf(":") + 1)]);
    return names.some((name) => lines.some((line) => line.includes(name)));
  };
}

/** What keeps the policy from loading: always errors. */
function loaderFindings(sources: PolicySources): LintFinding[] {
  try {
    compilePolicy(sources);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.findings.map(asError);
  }
}

function asError(finding: Finding): LintFinding {
  return { ...finding, severity: "error" };
}

/** A duplicate is the loader's finding; to the rules it would be a row that covers itself. */
function withoutDuplicates(rows: readonly Row[]): readonly Row[] {
  return [...new Map([...rows].reverse().map((row) => [row.text, row])).values()].reverse();
}

function run({ name, severity, check }: Rule, subject: LintSubject): LintFinding[] {
  return Array.from(check(subject), (problem) => brief({ rule: name, severity, ...problem }));
}

function byPlaceAndRule(a: LintFinding, b: LintFinding): number {
  return byPlace(a, b) || (a.rule < b.rule ? -1 : 1);
}
