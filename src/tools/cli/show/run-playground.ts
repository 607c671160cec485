import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyFile } from "../../../policy/compile.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { PUBLIC } from "../../../policy/permission.ts";
import { policyTexts, readGroupsFile } from "../../machine/policy-files.ts";
import { stateOfFiles } from "../../playground/samples.ts";
import { pageWith } from "../../playground/start.ts";
import type { PlaygroundState } from "../../playground/state/state.ts";
import { TEST_SUFFIX, testedClaims } from "../../policy-tests/tested-claims.ts";
import { counted } from "../../text/counted.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, placeIn, readPolicies } from "../terminal/policy-options.ts";
import type { PlaygroundJson } from "./show-contract.ts";
import { writePage } from "./write-page.ts";

export interface PlaygroundArguments extends CommonOptions, PolicyOptions {
  readonly output: string;
}

/**
 * `claimgate playground`. A policy that does not load is written as well: the page shows its findings.
 *
 * @throws CommandError, PolicyError if a file cannot be read
 */
export async function runPlayground(context: Context, options: PlaygroundArguments): Promise<ExitCode> {
  const { rows } = readPolicies(context, options);
  const place = placeIn(context, options);
  const groupsFile = readGroupsFile(place);
  const files = groupsFile === undefined ? rows : [...rows, groupsFile];
  const tests = [...policyTexts(place)]
    .filter(([path]) => path.endsWith(TEST_SUFFIX))
    .map(([path, text]) => ({ path, text }));
  const state = startOf(files, rows, [...testedClaims(tests)].sort());
  const page = pageWith(shippedPage(), options.policies, state);
  const { output } = context;
  if (options.output === "-") {
    output.screen.document(page);
    return EXIT.ok;
  }
  writePage(context, options.output, page, "playground");
  const summary: PlaygroundJson = {
    file: options.output,
    bytes: Buffer.byteLength(page),
    files: files.map(({ path }) => path),
  };
  if (output.format === "json") output.json(summary);
  else output.screen.line(`${options.output}: ${counted(files.length, "file")}; open it in a browser`);
  return EXIT.ok;
}

/** Personas of the first groups that rows name, and a question about the first guarded route. */
function startOf(
  files: readonly PolicyFile[],
  rows: readonly PolicyFile[],
  claims: readonly string[],
): PlaygroundState {
  const parsed = parsePolicy(rows).rows;
  const subjects = parsed.flatMap((row) =>
    row.type === "p" ? [row.subject] : row.type === "g" ? [row.member] : [],
  );
  const groups = subjects.filter((one) => /^group:[^{]+$/.test(one)).map((one) => one.slice("group:".length));
  const route = parsed.find((row) => row.type === "g2" && row.permission !== PUBLIC);
  const ask = route?.type === "g2" ? route.route : "";
  const values = Object.fromEntries(claims.map((name) => [name, "1"]));
  return stateOfFiles(files, [...new Set(groups)], ask, values);
}

/** The page that lies next to the command. */
function shippedPage(): string {
  return readFileSync(join(__dirname, "playground.html"), "utf8");
}
