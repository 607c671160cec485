import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { pythonEnvironment } from "../support/python-environment.ts";
import { isIgnored } from "./ignored-findings.ts";

/** What AWS's linter says about a template. */
export interface LintFinding {
  /** `E3030`, `W3005`: https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md */
  readonly rule: string;
  readonly message: string;
  /** `Resources.UserPool.Properties.MfaConfiguration` */
  readonly path: string;
}

const LIMIT_MS = 600_000;
/** cfn-lint ends with the sum of 2 (errors), 4 (warnings) and 8 (information); anything else is a crash. */
const FOUND_SOMETHING = new Set([0, 2, 4, 6, 8, 10, 12, 14]);

/**
 * Lints templates by cfn-lint. Needs no network once its environment is made.
 *
 * @param files paths of templates
 * @returns the findings of each file, in the order of the files
 */
export async function cfnLint(files: readonly string[]): Promise<readonly (readonly LintFinding[])[]> {
  const interpreter = await pythonEnvironment("cfn-lint", "test/template/requirements.txt");
  const command = join(dirname(interpreter), process.platform === "win32" ? "cfn-lint.exe" : "cfn-lint");
  const half = Math.ceil(files.length / 2);
  const found = await Promise.all(
    [files.slice(0, half), files.slice(half)].map((part) => lint(command, part)),
  );
  return files.map((path) =>
    found.flat().flatMap(({ file, ...finding }) => (file === path ? [finding] : [])),
  );
}

type FileFinding = LintFinding & { readonly file: string };

function lint(command: string, files: readonly string[]): Promise<readonly FileFinding[]> {
  if (files.length === 0) return Promise.resolve([]);
  const args = ["--format", "json", "--regions", "us-east-1", "--", ...files];
  return new Promise((resolve, reject) => {
    execFile(command, args, { timeout: LIMIT_MS, maxBuffer: 256 * 2 ** 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number" && FOUND_SOMETHING.has(code)) resolve(readFindings(stdout));
      else reject(new Error(`cfn-lint ended with ${String(code)}:\n${stderr}`));
    });
  });
}

function readFindings(text: string): readonly FileFinding[] {
  const matches = JSON.parse(text) as readonly {
    readonly Filename: string;
    readonly Message: string;
    readonly Rule: { readonly Id: string };
    readonly Location: { readonly Path: readonly (string | number)[] | null };
  }[];
  return matches.map(({ Filename, Message, Rule, Location }) => ({
    file: Filename,
    rule: Rule.Id,
    message: Message,
    path: (Location.Path ?? []).join("."),
  }));
}

/** The findings that nobody has explained. */
export function unexplained(findings: readonly LintFinding[]): readonly LintFinding[] {
  return findings.filter((finding) => !isIgnored(finding));
}
