import { spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import type { PolicyFile, PolicySources } from "../policy/compile.ts";
import { PolicyError } from "../policy/finding.ts";
import { CommandError } from "./command-error.ts";

/** The largest policy file that is read from git, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The policy of a directory as a git revision has it; nothing is checked out.
 *
 * @param directory absolute, e.g. `/service/policies`; it need not be there any more
 * @throws CommandError where git is not there, or does not know the revision or the directory in it
 */
export function readPolicyRevision(directory: string, revision: string): PolicySources {
  // Above the directory, which may be gone; git finds its repository from there.
  const cwd = dirname(directory);
  const folder = basename(directory);
  const commit = git(cwd, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined) {
    throw new CommandError(
      "command_usage",
      `\`${revision}\` is neither a directory nor a revision that git knows`,
      {
        fix: "in CI fetch the history first: actions/checkout with fetch-depth: 0",
      },
    );
  }
  const listed = git(cwd, "ls-tree", "-r", "-z", "--name-only", commit.trim(), "--", `./${folder}`) ?? "";
  const paths = listed.split("\0").filter((path) => path.endsWith(".csv"));
  const read = (path: string): PolicyFile => ({
    path,
    text: textOf(path, gitBytes(cwd, "show", `${commit.trim()}:./${path}`)),
  });
  const model = read(`${folder}/model.conf`);
  if (paths.length === 0 || model.text === "") {
    throw new CommandError("command_usage", `revision \`${revision}\` has no policy in \`${folder}\``, {
      fix: "give the directory that it had then with --policies, or an older one as BASE",
    });
  }
  return { model, rows: paths.sort().map(read) };
}

/** @throws PolicyError `not-utf8`, as for a file: replaced silently, such bytes would change names */
function textOf(path: string, bytes: Buffer | undefined): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (bytes === undefined || bytes.equals(Buffer.from(text))) return text;
  const message = "the file is not UTF-8 text in that revision";
  throw new PolicyError([
    { rule: "not-utf8", file: path, line: 1, column: 1, message, fix: "give another revision" },
  ]);
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  return gitBytes(cwd, ...args)?.toString();
}

/** What git prints; undefined where it says no. @throws CommandError where it is not there */
function gitBytes(cwd: string, ...args: readonly string[]): Buffer | undefined {
  const { error, status, stdout } = spawnSync("git", args, { cwd, maxBuffer: LARGEST });
  if (error !== undefined) {
    throw new CommandError("command_usage", `git cannot be run: ${error.message}`, {
      cause: error,
      fix: "give two directories",
    });
  }
  return status === 0 ? stdout : undefined;
}
