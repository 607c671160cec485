import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import type { LineFinding, Severity } from "../findings/finding.ts";
import { type Switches, switchName } from "../findings/switched.ts";
import { type LintOptions, type LintReport, lint } from "../lint/lint.ts";
import {
  nameOf,
  type PolicyPlace,
  placeOf,
  policyTexts,
  readGroupsFile,
  readLintFile,
  readPolicyDirectory,
} from "../machine/policy-files.ts";
import { today } from "../machine/today.ts";
import { TEST_SUFFIX, testedClaims } from "../policy-tests/tested-claims.ts";
import { type LintConfiguration, parseLintConfiguration } from "../registry/switches.ts";
import type { Service } from "../service/service.ts";

/** The findings of a lint run to show. */
export interface PolicyReport {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** One line for each rule switched off by `lint.json`, and for each finding switched off by a comment. */
  readonly switchedOff: readonly string[];
}

/**
 * Lints the policy of a directory with its `groups.yaml`, by its `lint.json` if it has one.
 *
 * @param service the contents of serverless.yml; undefined skips the comparison
 */
export function lintDirectory(at: string | PolicyPlace, service: Service | undefined): PolicyReport {
  const { findings, switchedOff, ignored } = lintReport(at, service);
  const ofSeverity = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  return {
    errors: ofSeverity("error"),
    warnings: ofSeverity("warning"),
    switchedOff: [
      ...switchedOff.map((one) => {
        const { reason, hidden } = one;
        const use = hidden === 0 ? "hides nothing: remove it" : `hides ${hidden}`;
        return `${switchName(one)} is switched off (${use}): ${reason}`;
      }),
      ...ignored.map(
        ({ rule, file, line, reason }) => `${file}:${line}: ${rule} is switched off here: ${reason}`,
      ),
    ],
  };
}

/** The same with every severity and the rules that are switched off. */
function lintReport(at: string | PolicyPlace, service: Service | undefined): LintReport {
  const { files, lint: lintFiles } = directoryLinter(at, service);
  return lintFiles(files);
}

/** The CSV files of a directory, and the findings of the files or of edited ones. */
export interface DirectoryLinter {
  /** Empty if one of them is not UTF-8. */
  readonly files: readonly PolicyFile[];
  /** `groups.yaml`; undefined if there is none. */
  readonly groupsFile: PolicyFile | undefined;
  readonly lint: (files: readonly PolicyFile[], how?: LintedDirectoryOptions) => LintReport;
}

/** How files are linted; `groupsFile` is an edited one. */
type LintedDirectoryOptions = Pick<LintOptions, "withoutSuggestions" | "groupsFile">;

export function directoryLinter(at: string | PolicyPlace, service: Service | undefined): DirectoryLinter {
  let sources: PolicySources;
  let groupsFile: PolicyFile | undefined;
  let configuration: LintConfiguration;
  try {
    sources = readPolicyDirectory(at);
    groupsFile = readGroupsFile(at);
    configuration = configurationOf(at);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const findings = error.findings.map((one): LineFinding => ({ ...one, severity: "error" }));
    return { files: [], groupsFile: undefined, lint: () => ({ findings, switchedOff: [], ignored: [] }) };
  }
  const { switchedOff, switchedOffFor, findings } = configuration;
  const wrong = [...findings, ...misnamedGroups(at)].map(
    (finding): LineFinding => ({ ...finding, severity: "error" }),
  );
  const used =
    findings.length === 0 ? { switchedOff, switchedOffFor } : { switchedOff: new Map<string, string>() };
  return {
    files: sources.rows,
    groupsFile,
    lint: (rows, how) => {
      const beside = { service, groupsFile, testedClaims: () => claimsOfTests(at) };
      const report = lint({ ...sources, rows }, { ...beside, ...used, today: today(), ...how });
      return { ...report, findings: [...wrong, ...report.findings] };
    },
  };
}

function claimsOfTests(at: string | PolicyPlace): ReadonlySet<string> {
  const files = [...policyTexts(at)].map(([path, text]) => ({ path, text }));
  return testedClaims(files.filter(({ path }) => path.endsWith(TEST_SUFFIX)));
}

/** What `lint.json` switches off, for what the linter does not look at; nothing where the file is wrong. */
export function switchesOf(at: string | PolicyPlace): Switches {
  const { switchedOff, findings } = configurationOf(at);
  return findings.length === 0 ? switchedOff : new Map();
}

function configurationOf(at: string | PolicyPlace): LintConfiguration {
  const file = readLintFile(at);
  if (file === undefined) return { switchedOff: new Map(), switchedOffFor: new Map(), findings: [] };
  return parseLintConfiguration(file.path, file.text);
}

/** Otherwise its settings would silently not apply. */
function misnamedGroups(at: string | PolicyPlace): Finding[] {
  const place = placeOf(at);
  return ["groups.yml", "groups.json"]
    .map((name) => join(place.directory, name))
    .filter((path) => existsSync(path))
    .map((path) => ({
      rule: "groups-file",
      file: nameOf(place, path),
      line: 1,
      column: 1,
      message: "nothing reads this file",
      fix: "name it `groups.yaml`",
    }));
}
