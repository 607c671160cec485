import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { jsonIn, objectOf } from "../../json.ts";
import { CommandError } from "../machine/command-error.ts";

/** The usual name of a service's file, and the others that the framework knows. */
const SERVICE_FILES = [
  "serverless.yml",
  ...["yaml", "json", "js", "cjs", "mjs", "ts"].map((extension) => `serverless.${extension}`),
];

/** The file of the service in a directory; undefined if it has none. */
export function serviceFileIn(directory: string): string | undefined {
  return SERVICE_FILES.find((name) => existsSync(join(directory, name)));
}

/** Which variant of the service: the values of the framework's `--stage`, `--region` and `--param name=value`. */
export interface StageOptions {
  /** The directory of serverless.yml. */
  readonly directory: string;
  /** Undefined for the one in serverless.yml. */
  readonly stage?: string | undefined;
  /** Undefined for the one in serverless.yml. */
  readonly region?: string | undefined;
  readonly params?: readonly string[] | undefined;
}

/** The framework that is installed next to the service. */
export interface Framework {
  /** `osls`, or `serverless` for the original. */
  readonly name: string;
  readonly version: string;
  /** The program to give to Node. */
  readonly program: string;
}

/** @throws CommandError if the directory has no service, or no framework */
export function findFramework(directory: string): Framework {
  if (serviceFileIn(directory) === undefined) {
    throw new CommandError("service_unresolved", `there is no serverless.yml in ${directory}`, {
      fix: "run claimgate in the directory of the service",
    });
  }
  const require = createRequire(join(directory, "package.json"));
  try {
    const path = manifestIn(require);
    const { name, version } = require(path) as { readonly name: string; readonly version: string };
    return { name, version, program: join(dirname(path), "bin", "serverless.js") };
  } catch (cause) {
    throw new CommandError("service_unresolved", "the Serverless Framework is not installed", {
      cause,
      fix: listsFramework(directory)
        ? `run npm ci in ${directory}`
        : "install it: npm i -D serverless@npm:osls@^4",
    });
  }
}

/** The names in package.json: osls has its own, or as an alias that of the original. */
const PACKAGES = ["serverless", "osls"] as const;

/** The path of its package.json. @throws an error if it is not installed */
function manifestIn({ resolve }: NodeJS.Require): string {
  const [original, fork] = PACKAGES;
  try {
    return resolve(`${original}/package.json`);
  } catch {
    return resolve(`${fork}/package.json`);
  }
}

/** Whether package.json has it as a dependency, so that only `npm install` is missing. */
function listsFramework(directory: string): boolean {
  const path = join(directory, "package.json");
  const { dependencies, devDependencies } = objectOf(
    existsSync(path) ? jsonIn(readFileSync(path, "utf8")) : undefined,
  );
  const listed = { ...objectOf(dependencies), ...objectOf(devDependencies) };
  return PACKAGES.some((name) => name in listed);
}

/**
 * Runs a command of the framework and returns its standard output.
 * @throws CommandError with the message of the framework
 */
export async function runFramework(
  { directory, stage, region, params = [] }: StageOptions,
  command: readonly string[],
): Promise<string> {
  const { program } = findFramework(directory);
  const variant = [
    ...(stage === undefined ? [] : ["--stage", stage]),
    ...(region === undefined ? [] : ["--region", region]),
    ...params.map((param) => `--param=${param}`),
  ];
  try {
    const options = { cwd: directory, maxBuffer: 64 * 2 ** 20 };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, ...command, ...variant],
      options,
    );
    return stdout;
  } catch (cause) {
    const verb = command[0] === "print" ? "resolve" : command[0];
    const message = `serverless could not ${verb} the service:\n${saidBy(cause)}`;
    throw new CommandError("service_unresolved", message, { cause });
  }
}

/** The text after `Error:`, which the framework prints to standard output, without stack frames of its own code. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout = "", stderr = "" } = error as Error & {
    readonly stdout?: string;
    readonly stderr?: string;
  };
  const told = stdout.split(/^Error:\n/m)[1] ?? `${stderr}${stdout}`;
  const lines = told.split("\n").filter((line) => !/^\s+at .*[:)]\d*\)?$/.test(line));
  return lines.join("\n").trim() || error.message;
}
