import { printFinding } from "../../../../src/policy/finding.ts";
import { parseRows } from "../../../../src/policy/parse.ts";
import { type GroupSettings, parseGroupsFile } from "../../../../src/tools/lint/groups-file.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import type { Rule } from "../../../../src/tools/lint/rule.ts";
import type { Service } from "../../../../src/tools/service/service.ts";
import { MODEL } from "../../../support/policy.ts";

/** What one rule finds in policy lines, as `line:column: message; fix`, in the order of the lines. */
export function found(
  rule: Rule,
  lines: readonly string[],
  service?: Service,
  groupSettings?: readonly GroupSettings[],
): string[] {
  const file = { path: "test.csv", text: lines.join("\n") };
  const { rows, findings } = parseRows(file.path, file.text);
  expect(findings.map(printFinding)).toEqual([]);
  const problems = [...rule.check({ rows, files: [file], service, groupSettings })];
  return problems
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(
      ({ line, column, message, fix }) =>
        `${line}:${column}: ${message}${fix === undefined ? "" : `; ${fix}`}`,
    );
}

/** What a groups.yaml says, which must be one. */
export function groupSettings(...lines: readonly string[]): readonly GroupSettings[] {
  const { groups, findings } = parseGroupsFile("groups.yaml", lines.join("\n"));
  expect(findings.map(printFinding)).toEqual([]);
  return groups ?? [];
}

/** What linting policy lines finds in all, as `line:column severity rule`. */
export function linted(
  lines: readonly string[],
  options: { service?: Service; switchedOff?: ReadonlyMap<string, string> } = {},
): string[] {
  const { findings } = lint(
    { model: MODEL, rows: [{ path: "test.csv", text: lines.join("\n") }] },
    { service: options.service, switchedOff: options.switchedOff ?? new Map() },
  );
  return findings.map(({ line, column, severity, rule }) => `${line}:${column} ${severity} ${rule}`);
}

/** A service that deploys nothing of its own, with what a test changes. */
export function serviceWith(facts: Partial<Service>): Service {
  return {
    file: "serverless.yml",
    routes: [],
    routesComplete: false,
    authorizers: [],
    groups: [],
    clients: [],
    clientNames: undefined,
    clientsSwitchedOff: [],
    scopes: undefined,
    copiedClaims: new Map(),
    ...facts,
  };
}
