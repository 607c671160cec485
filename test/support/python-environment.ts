import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where slow suites keep what they make; git-ignored. */
export const REHEARSAL_FOLDER = resolve(".rehearsal");

const STAMP = "made-from.txt";
const INSTALL_LIMIT_MS = 300_000;

/**
 * A Python virtual environment of the project, below `.rehearsal/`, made from a file of pinned requirements and
 * made again when that file changes.
 *
 * @param name the folder's name
 * @param requirements path of the requirements file
 * @param python the interpreter to make it with
 * @returns the interpreter of the environment
 * @throws Error saying what is missing and how to get it
 */
export async function pythonEnvironment(
  name: string,
  requirements: string,
  python = "python3",
): Promise<string> {
  const folder = join(REHEARSAL_FOLDER, name);
  const interpreter =
    process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  const version = await versionOf(python);
  const stamp = stampOf(requirements, version);
  if (existsSync(interpreter) && stampIn(folder) === stamp) return interpreter;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(REHEARSAL_FOLDER, { recursive: true });
  await run(python, ["-m", "venv", folder]).catch((error: Error) => {
    throw new Error(
      `${python} could not make a virtual environment in ${folder}. ` +
        `On Debian and Ubuntu the package is python3-venv.\n${error.message}`,
    );
  });
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
  await run(interpreter, install).catch((error: Error) => {
    throw new Error(
      `pip could not install ${requirements}. It needs the Python package index (PyPI), once.\n${error.message}`,
    );
  });
  // Last, so that an interrupted installation is never taken for a finished one.
  writeFileSync(join(folder, STAMP), stamp);
  return interpreter;
}

async function versionOf(python: string): Promise<string> {
  try {
    return await run(python, ["--version"]);
  } catch (error) {
    throw new Error(
      `${python} does not run here. The slow suites need Python 3.10 or later with venv and pip; ` +
        "`npm test` and `npm start` do not.",
      { cause: error },
    );
  }
}

function stampOf(requirements: string, version: string): string {
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  return `${version.trim()}\n${digest}\n`;
}

function stampIn(folder: string): string | undefined {
  const path = join(folder, STAMP);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(command, args, { timeout: INSTALL_LIMIT_MS }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(new Error(`${stdout}${stderr}`.trim() || error.message));
    });
  });
}
