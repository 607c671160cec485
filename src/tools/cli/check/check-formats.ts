import type { LintFinding, LintReport } from "../../lint/lint.ts";
import { LOADER_RULES } from "../../lint/loader-rules.ts";
import { RULES } from "../../lint/registry.ts";
import { printableLines } from "../../machine/printable.ts";
import { counted } from "../../text/counted.ts";
import { xml } from "../terminal/xml.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** What the line of a finding becomes where it can be mended without asking. */
export type LineFixes = ReadonlyMap<
  LintFinding,
  { readonly before: string; readonly after: readonly string[] }
>;

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning. */
export function sarifOf(
  { findings }: LintReport,
  fixes: LineFixes,
  inRepository: (file: string) => string,
): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "claimgate",
            rules: [...LOADER_RULES, ...RULES].map(({ name, summary, severity }) => ({
              id: name,
              shortDescription: { text: summary },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        // Columns are those of an editor.
        columnKind: "utf16CodeUnits",
        results: worstFirst(findings)
          .slice(0, SARIF_RESULTS)
          .map((finding) => sarifResult(finding, fixes.get(finding), inRepository)),
      },
    ],
  };
}

function sarifResult(
  finding: LintFinding,
  mended: ReturnType<LineFixes["get"]>,
  inRepository: (file: string) => string,
): unknown {
  const { rule, severity, message, fix, file, line, column } = finding;
  const artifactLocation = { uri: encodeURI(inRepository(file)) };
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: fix === undefined ? message : `${message}. Fix: ${fix}` },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } }],
    // A whole file is not a line's replacement.
    ...(mended !== undefined &&
      rule !== "spreadsheet-file" && {
        fixes: [
          {
            description: { text: "mend what needs no decision" },
            artifactChanges: [{ artifactLocation, replacements: [replacementOf(line, mended)] }],
          },
        ],
      }),
  };
}

/** The whole line; with its line ending where nothing stays of it. */
function replacementOf(
  line: number,
  { before, after }: { readonly before: string; readonly after: readonly string[] },
): unknown {
  const start = { startLine: line, startColumn: 1 };
  if (after.length === 0) return { deletedRegion: { ...start, endLine: line + 1, endColumn: 1 } };
  return {
    deletedRegion: { ...start, endLine: line, endColumn: before.length + 1 },
    insertedContent: { text: after.join("\n") },
  };
}

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;

/** GitHub takes 25,000 results of a run (docs.github.com, SARIF support for code scanning, file limits). */
const SARIF_RESULTS = 25_000;

/** GitHub keeps 50 annotations of a job, 10 of each kind of a step (docs.github.com, Checks API limits). */
const GITHUB_ANNOTATIONS = 50;

/** In their order where all fit; else a warning must not displace an error. */
function worstFirst(findings: LintReport["findings"]): LintReport["findings"] {
  if (findings.length <= GITHUB_ANNOTATIONS) return findings;
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

/** Workflow commands of GitHub Actions: annotations at the lines of a pull request. */
export function githubOf({ findings }: LintReport, inRepository: (file: string) => string): string {
  const shown = worstFirst(findings).slice(0, GITHUB_ANNOTATIONS);
  const lines = shown.map((finding) => `${githubLine({ ...finding, file: inRepository(finding.file) })}\n`);
  const left = findings.length - shown.length;
  // A line of the log, and no annotation: GitHub drops what is more.
  return lines.join("") + (left > 0 ? `${counted(left, "finding")} more: run claimgate check\n` : "");
}

function githubLine({ severity, file, line, column, rule, message, fix }: LintFinding): string {
  const text = escaped(fix === undefined ? message : `${message}; ${fix}`);
  const at = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
  return `::${COMMANDS[severity]} ${at}::${text}`;
}

function escaped(text: string): string {
  return printableLines(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** One test case a rule that found something; errors and warnings are failures, so that no CI passes over them. */
export function junitOf({ findings }: LintReport, inRepository: (file: string) => string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const cases = rules.map((rule) => {
    const failures = findings
      .filter((finding) => finding.rule === rule)
      .map((finding) => junitFailure({ ...finding, file: inRepository(finding.file) }));
    return `    <testcase classname="claimgate.check" name="${xml(rule)}">\n${failures.join("")}    </testcase>\n`;
  });
  const empty = `    <testcase classname="claimgate.check" name="policy"/>\n`;
  const failures = findings.filter(({ severity }) => severity !== "info").length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="claimgate check" tests="${Math.max(1, rules.length)}" failures="${failures}">
${cases.length === 0 ? empty : cases.join("")}  </testsuite>
</testsuites>
`;
}

function junitFailure({ severity, file, line, column, message, fix }: LintFinding): string {
  const text = `${file}:${line}:${column}: ${message}${fix === undefined ? "" : `\nfix: ${fix}`}`;
  if (severity === "info") return `      <system-out>${xml(text)}</system-out>\n`;
  return `      <failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>\n`;
}
