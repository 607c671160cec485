import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import type { LineFinding, Severity } from "../findings/finding.ts";
import { type Switches, switchName } from "../findings/switched.ts";
import { type LintOptions, type LintReport, lint, lintInSteps } from "../lint/lint.ts";
import {
  nameOf,
  type PolicyPlace,
  placeOf,
  policyTexts,
  readFrontEndFile,
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
  /** The same in steps; between two of them, the work can stop. */
  readonly lintInSteps: (files: readonly PolicyFile[]) => Generator<undefined, LintReport>;
}

/** How files are linted; `groupsFile` is an edited one. */
type LintedDirectoryOptions = Pick<LintOptions, "withoutSuggestions" | "groupsFile">;

/** The files of a policy directory that its findings depend on. */
export interface DirectoryTexts {
  readonly sources: PolicySources;
  readonly groupsFile: PolicyFile | undefined;
  readonly frontEndFile?: PolicyFile | undefined;
  readonly lintFile: PolicyFile | undefined;
  /** The files of policy tests; called if a rule needs them. */
  readonly tests: () => readonly PolicyFile[];
  /** Of files whose names nothing reads. */
  readonly misnamed: readonly Finding[];
  /** Of files that cannot be read; if there is one, no other finding is known. */
  readonly unreadable: readonly Finding[];
}

export function directoryLinter(at: string | PolicyPlace, service: Service | undefined): DirectoryLinter {
  return linterOf(readDirectoryTexts(at), service);
}

/** @throws an error of the file system if the directory is missing */
export function readDirectoryTexts(at: string | PolicyPlace): DirectoryTexts {
  const tests = () =>
    [...policyTexts(at)].flatMap(([path, text]) => (path.endsWith(TEST_SUFFIX) ? [{ path, text }] : []));
  try {
    const sources = readPolicyDirectory(at);
    const groupsFile = readGroupsFile(at);
    const frontEndFile = readFrontEndFile(at);
    const lintFile = readLintFile(at);
    const misnamed = misnamedGroups(at);
    return { sources, groupsFile, frontEndFile, lintFile, tests, misnamed, unreadable: [] };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const sources = { model: { path: "", text: "" }, rows: [] };
    return {
      sources,
      groupsFile: undefined,
      lintFile: undefined,
      tests,
      misnamed: [],
      unreadable: error.findings,
    };
  }
}

/** The linter of files that were read before. */
export function linterOf(texts: DirectoryTexts, service: Service | undefined): DirectoryLinter {
  const { sources, groupsFile, frontEndFile, lintFile, tests, misnamed, unreadable } = texts;
  const asErrors = (findings: readonly Finding[]) =>
    findings.map((one): LineFinding => ({ ...one, severity: "error" }));
  if (unreadable.length > 0) {
    const report: LintReport = { findings: asErrors(unreadable), switchedOff: [], ignored: [] };
    return {
      files: [],
      groupsFile: undefined,
      lint: () => report,
      // biome-ignore lint/correctness/useYield: there is one step
      *lintInSteps() {
        return report;
      },
    };
  }
  const { switchedOff, switchedOffFor, findings } = configurationIn(lintFile);
  const wrong = asErrors([...findings, ...misnamed]);
  const used =
    findings.length === 0 ? { switchedOff, switchedOffFor } : { switchedOff: new Map<string, string>() };
  const beside = { service, groupsFile, frontEndFile, testedClaims: () => testedClaims(tests()) };
  const withWrong = (report: LintReport): LintReport => ({
    ...report,
    findings: [...wrong, ...report.findings],
  });
  const optionsNow = () => ({ ...beside, ...used, today: today() });
  return {
    files: sources.rows,
    groupsFile,
    lint: (rows, how) => withWrong(lint({ ...sources, rows }, { ...optionsNow(), ...how })),
    *lintInSteps(rows) {
      return withWrong(yield* lintInSteps({ ...sources, rows }, optionsNow()));
    },
  };
}

/** What `lint.json` switches off, for what the linter does not look at; nothing where the file is wrong. */
export function switchesOf(at: string | PolicyPlace): Switches {
  const { switchedOff, findings } = configurationOf(at);
  return findings.length === 0 ? switchedOff : new Map();
}

function configurationOf(at: string | PolicyPlace): LintConfiguration {
  return configurationIn(readLintFile(at));
}

function configurationIn(file: PolicyFile | undefined): LintConfiguration {
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
