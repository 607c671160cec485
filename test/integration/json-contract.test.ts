import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import type { PoolChangeJson } from "../../src/tools/cli/attach/attach-contract.ts";
import type { PoolChangeReport } from "../../src/tools/cli/attach/pool-change-report.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import { inScenario } from "../support/cli-scenarios.ts";
import { startCognitoCommand } from "../support/cognito-command.ts";
import { CONTRACT_FILES } from "../support/json-contract.ts";

// What a command prints is put into a program as a literal of its type. The compiler then finds what is missing, what
// is of another type, and what nobody declared.

const CONTRACT = CONTRACT_FILES.map((path) => resolve(path));
const PROGRAM = resolve("test/integration/json-contract-values.ts");

function complaintsAbout(values: readonly (readonly [type: string, json: string])[]): readonly string[] {
  const types = new Set(values.map(([type]) => type));
  const lines = values.map(([type, json], index) => `export const value${index}: ${type} = ${json};`);
  const imports = CONTRACT_FILES.flatMap((path) => {
    const declared = Array.from(
      readFileSync(path, "utf8").matchAll(/^export interface (\w+)/gm),
      ([, name]) => name,
    );
    const used = declared.filter((name) => types.has(name ?? ""));
    return used.length === 0 ? [] : [`import type { ${used.join(", ")} } from "../../${path}";`];
  });
  const text = `${[...imports, ...lines].join("\n")}\n`;
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.Preserve,
    target: ts.ScriptTarget.ES2023,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) =>
    resolve(name) === PROGRAM ? ts.createSourceFile(name, text, target) : getSourceFile(name, target);
  const program = ts.createProgram([PROGRAM, ...CONTRACT], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

afterAll(() => rmSync(".esbuild/init-json", { recursive: true, force: true }));

const ROUTE = "GET /users/{userId}/orders";
const CASES: readonly (readonly [type: string, scenario: string, code: number, args: readonly string[]])[] = [
  ["CheckJson", "sample", 0, ["check"]],
  ["CheckJson", "typo", 3, ["check"]],
  ["CheckJson", "untidy", 0, ["check", "--fix"]],
  ["FmtJson", "untidy", 2, ["fmt", "--check"]],
  ["FmtJson", "untidy", 0, ["fmt"]],
  ["TestJson", "sample", 0, ["test"]],
  ["TestJson", "broken", 4, ["test"]],
  ["CanJson", "sample", 0, ["can", "group:customers", "GET /users/42/orders", "--claim", "sub=42"]],
  ["CanJson", "sample", 2, ["can", "group:customers", ROUTE]],
  ["CanJson", "sample", 2, ["can", "group:nobody", "orders:read"]],
  ["ExplainJson", "sample", 0, ["explain", "group:admins", "orders:delete"]],
  ["ExplainJson", "sample", 2, ["explain", "group:customers", ROUTE]],
  ["ExplainJson", "sample", 2, ["explain", "group:trainees", "POST /orders/{orderId}/refund"]],
  ["ExplainJson", "sample", 2, ["explain", "group:customers", "GET /orders"]],
  ["WhoCanJson", "sample", 0, ["who-can", ROUTE]],
  ["WhoCanJson", "sample", 0, ["who-can", "reports:read"]],
  ["WhatCanJson", "sample", 0, ["what-can", "group:customers"]],
  ["MatrixJson", "sample", 0, ["matrix", "--columns", "all", "--rows", "routes"]],
  ["DiffJson", "widened", 2, ["diff", "main"]],
  ["DiffJson", "repaired", 2, ["diff", "main"]],
  ["ProveJson", "widened", 2, ["prove", "main"]],
  ["ProveJson", "sample", 0, ["prove", "policies", "policies"]],
  ["ProveJson", "repaired", 2, ["prove", "main"]],
  ["CanJson", "sample", 0, ["can", "group:customers", "GET /health"]],
  ["ReplayJson", "log", 2, ["replay", "decisions.log"]],
  ["ShadowReplayJson", "shadow", 2, ["replay", "--shadow", "--policies", "policies-next", "decisions.log"]],
  ["UnusedJson", "unused", 0, ["unused", "decisions.log", "--since", "2026-11-01"]],
  ["LearnJson", "unused", 0, ["learn", "decisions.log", "-o", "learned.test.yaml"]],
  ["ReportJson", "sample", 0, ["report", "-o", "access.html"]],
  ["ExportCedarJson", "sample", 0, ["export", "cedar", "-o", "cedar"]],
  ["TypesJson", "sample", 0, ["types", "-o", "names.ts"]],
  ["TypesJson", "sample", 2, ["types", "-o", "missing.ts", "--check"]],
  ["ExportOpenApiJson", "sample", 0, ["export", "openapi", "-o", "openapi.yaml"]],
  ["ImportOpenApiJson", "sample", 3, ["import", "openapi", "policies/groups.yaml"]],
  ["ClientJson", "sample", 0, ["client", "-o", "access.json"]],
  ["ClientJson", "sample", 2, ["client", "-o", "missing.json", "--check"]],
  ["PlaygroundJson", "sample", 0, ["playground"]],
  ["BundleJson", "sample", 0, ["bundle", "-o", "build", "--functions", "httpAuthorizer"]],
  ["BundleJson", "sample", 2, ["bundle", "-o", "build", "--check"]],
  ["CompletionJson", "sample", 0, ["completion", "bash"]],
  ["NewJson", "sample", 0, ["new", "notes"]],
  ["ImportJson", "sample", 3, ["import", "casbin", "policies/model.conf", "policies/roles.csv"]],
  ["FailureJson", "sample", 1, ["can", "group:customers", "GET /nowhere"]],
  ["FailureJson", "typo", 3, ["matrix"]],
];

test("what the commands print is of the types that docs/cli.md shows, and has nothing else", async () => {
  const values: [string, string][] = [];
  for (const [type, scenario, code, args] of CASES) {
    const run = await inScenario(scenario, (cwd) => runClaimgate([...args, "--format", "json"], { cwd }));
    expect([args, run.code]).toEqual([args, code]);
    values.push([type, run.stdout]);
  }
  const checkout = await Promise.all([
    runClaimgate(["doctor", "--offline", "--format", "json"]),
    inScenario("sample", () =>
      runClaimgate(["init", "--policies", ".esbuild/init-json/policies", "--dry-run", "--format", "json"]),
    ),
  ]);
  values.push(["DoctorJson", checkout[0].stdout], ["InitJson", checkout[1].stdout]);
  const pool = await startCognitoCommand();
  await pool.stop();
  values.push(["CognitoJson", pool.printed]);
  expect(complaintsAbout(values)).toEqual([]);
}, 240_000);

test("a field that nobody declared, or that is missing, would be found", () => {
  expect(complaintsAbout([["FmtJson", '{ "changed": [], "written": true, "more": 1 }']])).toHaveLength(1);
  expect(complaintsAbout([["FmtJson", '{ "changed": [] }']])).toHaveLength(1);
  expect(complaintsAbout([["FmtJson", '{ "changed": [1], "written": true }']])).toHaveLength(1);
});

/** Whether two types have the same fields. */
type SameFields<A, B> = [keyof A, keyof B] extends [keyof B, keyof A] ? true : false;

test("so are those of attach and detach, which need a deployed stage, by their fields", () => {
  const change: SameFields<PoolChangeReport, PoolChangeJson> = true;
  expect(change).toBe(true);
});
