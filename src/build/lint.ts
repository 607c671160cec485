import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Service } from "../analysis/service.ts";
import { printFinding } from "../policy/finding.ts";
import { lintDirectory } from "../runtime/lint-directory.ts";
import { policiesDirectory } from "../runtime/policy-files.ts";
import { readService } from "./read-service.ts";

// `npm run lint:policy`: what `sls package` says about the policy, without building anything.

const USAGE = `npm run lint:policy -- [options]

Holds the policy against what serverless.yml deploys, as the framework resolves it. Needs no credentials.

  --stage NAME   the stage to look at (default: the one of serverless.yml)
  --help         print this

Ends with 0 (no errors), 3 (errors), 1 (could not look).
`;

const FILE = "serverless.yml";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: { readonly stage: string | undefined; readonly help: boolean };
  try {
    options = optionsOf(args);
  } catch (error) {
    process.stderr.write(`${textOf(error)}; see npm run lint:policy -- --help\n`);
    return 1;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    return report(await serviceOf(options.stage));
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`);
    return 1;
  }
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  return { stage: values.stage, help: values.help ?? false };
}

function report(service: Service): number {
  const { errors, warnings, switchedOff } = lintDirectory(policiesDirectory(process.env), service);
  const marked = warnings.map((finding) => ({ ...finding, message: `warning: ${finding.message}` }));
  for (const finding of [...errors, ...marked]) process.stdout.write(`${printFinding(finding)}\n`);
  for (const line of switchedOff) process.stdout.write(`${line}\n`);
  process.stdout.write(`${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}\n`);
  return errors.length === 0 ? 0 : 3;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** @throws Error with what the framework said where it cannot resolve the configuration */
async function serviceOf(stage: string | undefined): Promise<Service> {
  const require = createRequire(join(process.cwd(), "package.json"));
  const framework = join(dirname(require.resolve("serverless/package.json")), "bin", "serverless.js");
  const args = [framework, "print", "--format", "json", ...(stage === undefined ? [] : ["--stage", stage])];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 2 ** 20 }).catch(
    (error: unknown) => {
      throw new Error(`serverless could not resolve ${FILE}:\n${outputOf(error)}`, { cause: error });
    },
  );
  // Plugins may have written something before it.
  const resolved: unknown = JSON.parse(stdout.slice(stdout.indexOf("{")));
  return readService(resolved, readFileSync(resolve(FILE), "utf8"), FILE);
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout, stderr } = error as Error & { readonly stdout?: string; readonly stderr?: string };
  return `${stderr ?? ""}${stdout ?? ""}`.trim() || error.message;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
