import { type PolicyFile, type PolicySources, refusalsOf } from "../../policy/compile.ts";
import { brief, type Edit, type Finding } from "../../policy/finding.ts";
import type { Parsing } from "../../policy/parse.ts";
import { byPlaceAndRule } from "../../policy/place.ts";
import type { Row } from "../../policy/row.ts";
import type { LineFinding } from "../findings/finding.ts";
import { type AuthorizerSwitches, type SwitchedOff, type Switches, switched } from "../findings/switched.ts";
import { parseFrontEndFile } from "../front-end/front-end-file.ts";
import type { Service } from "../service/service.ts";
import { ApartAuthorizers } from "./apart-authorizers.ts";
import { edited, withRightSuggestions } from "./fixes/right-suggestions.ts";
import { parseGroupsFile } from "./groups-file.ts";
import { type IgnoredFinding, withoutIgnored } from "./ignored-findings.ts";
import { misreadLines } from "./misread-lines.ts";
import { parsedFiles } from "./parsed-files.ts";
import { RULES } from "./registry.ts";
import type { LintSubject, Problem, Rule } from "./rule.ts";

export interface LintReport {
  /** Sorted by file, line, column and rule. */
  readonly findings: readonly LineFinding[];
  /** Sorted by rule. */
  readonly switchedOff: readonly SwitchedOff[];
  /** Switched off by a comment above the row; in the order of the findings. */
  readonly ignored: readonly IgnoredFinding[];
}

export interface LintOptions {
  /** What serverless.yml deploys; undefined if it was not read. Then no rule compares with it. */
  readonly service: Service | undefined;
  /** `groups.yaml`, where there is one. */
  readonly groupsFile?: PolicyFile | undefined;
  /** `front-end.yaml`, where there is one. */
  readonly frontEndFile?: PolicyFile | undefined;
  /** The claims that policy tests name; called if a rule needs them. */
  readonly testedClaims?: (() => ReadonlySet<string>) | undefined;
  /** The result of `parseLintConfiguration`. */
  readonly switchedOff: Switches;
  readonly switchedOffFor?: AuthorizerSwitches;
  /** As `2026-05-26`; undefined if findings about dates do not matter. */
  readonly today?: string | undefined;
  /** Set where suggestions are not shown: trying them out is most of the work. */
  readonly withoutSuggestions?: boolean;
}

/**
 * Lints a policy: the loader's findings, and those of the rules on the rows that parse. Never throws because of a
 * file's contents.
 */
export function lint(sources: PolicySources, options: LintOptions): LintReport {
  return finished(
    options.withoutSuggestions === true ? lintOnce(sources, options) : lintInSteps(sources, options),
  );
}

/** The same in steps, so that the work on a large policy can stop when its files change. */
export function* lintInSteps(sources: PolicySources, options: LintOptions): Generator<undefined, LintReport> {
  const report = yield* lintOnce(sources, options);
  const relint = function* (edits: readonly Edit[]) {
    const rows = sources.rows.map((file) => edited(file, edits));
    const groupsFile = options.groupsFile === undefined ? undefined : edited(options.groupsFile, edits);
    const again = { ...options, groupsFile, withoutSuggestions: true };
    return (yield* lintOnce({ ...sources, rows }, again)).findings;
  };
  const { rows } = parsedFiles(sources.rows);
  const names = new Set(rows.flatMap((row) => row.fields));
  const findings = yield* withRightSuggestions(report.findings, relint, rows.length, names);
  return { ...report, findings };
}

function finished<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function* lintOnce(sources: PolicySources, options: LintOptions): Generator<undefined, LintReport> {
  const { groupsFile } = options;
  const groups = groupsFile === undefined ? undefined : parseGroupsFile(groupsFile.path, groupsFile.text);
  const { frontEndFile } = options;
  const frontEnd = frontEndFile && parseFrontEndFile(frontEndFile.path, frontEndFile.text);
  const beside = [...(groups?.findings ?? []), ...(frontEnd?.findings ?? [])];
  const parsing = parsedFiles(sources.rows);
  const { rows, findings: misread } = parsing;
  yield;
  const refused = [...loaderFindings(sources, parsing), ...beside.map(asError)];
  const empty = refused.some(({ rule }) => rule === "empty-policy");
  const mayFill = misreadLines(sources.rows, misread);
  yield;
  const subject: LintSubject = {
    rows: withoutDuplicates(rows),
    files: sources.rows,
    service: options.service,
    groupSettings: groups?.groups,
    frontEnd,
    testedClaims: options.testedClaims,
    today: options.today,
    ruleIds: RULE_IDS,
    withoutSuggestions: options.withoutSuggestions ?? false,
  };
  const apart = new ApartAuthorizers(options.switchedOffFor ?? new Map());
  const found: LineFinding[] = [];
  for (const rule of RULES) {
    const problems = [...rule.check(subject)].filter((problem) => !apart.hides(rule, problem));
    const told = rule.needsEveryRow === true ? problems.filter((one) => !empty && !mayFill(one)) : problems;
    for (const problem of told) found.push(findingOf(rule, problem));
    yield;
  }
  const sorted = withoutIgnored(found, subject, misread.length === 0);
  const { shown, switchedOff } = switched(sorted.shown, ({ rule }) => rule, options.switchedOff, RULE_IDS);
  return {
    findings: [...refused, ...shown].sort(byPlaceAndRule),
    switchedOff: [...switchedOff, ...(options.service === undefined ? [] : apart.switchedOff())],
    ignored: [...sorted.ignored].sort(byPlaceAndRule),
  };
}

const RULE_IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** The findings that keep the policy from loading: always errors. */
function loaderFindings(sources: PolicySources, parsing: Parsing): readonly LineFinding[] {
  return refusalsOf(sources, parsing).map((finding) => asError(brief(finding)));
}

function asError(finding: Finding): LineFinding {
  return { ...finding, severity: "error" };
}

/** The loader reports a duplicate; rules would see a row that covers itself. */
function withoutDuplicates(rows: readonly Row[]): readonly Row[] {
  return [...new Map([...rows].reverse().map((row) => [row.text, row])).values()].reverse();
}

function findingOf({ id, severity }: Rule, { names: _, authorizer: __, ...problem }: Problem): LineFinding {
  return brief({ rule: id, severity, ...problem });
}
