import { type ExecFileException, execFile, spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { CommandError } from "./command-error.ts";
import { listRevision, type RevisionListing } from "./revision-listing.ts";
import { shippedModel } from "./shipped-model.ts";

/** The largest policy file that is read from git, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The policy of a directory at a git revision; nothing is checked out.
 *
 * @param directory absolute, e.g. `/service/policies`; it need not exist any more
 * @throws CommandError if git is missing, or does not know the revision or the directory in it
 */
export function readPolicyRevision(directory: string, revision: string): PolicySources {
  // Above the directory, which may no longer exist; git finds its repository from there.
  const cwd = dirname(directory);
  const folder = basename(directory);
  const commit = git(cwd, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined) {
    if (git(cwd, "rev-parse", "--git-dir") === undefined) {
      throw new CommandError(
        "command_usage",
        `\`${revision}\` is neither a directory nor a revision that git knows: there is no git repository here`,
        { fix: "give the directory of the policy to compare with, or run claimgate in a clone" },
      );
    }
    const refs = git(cwd, "for-each-ref", "--format=%(refname:short)") ?? "";
    const meant = nearest(revision, refs.split("\n").filter(Boolean));
    throw new CommandError(
      "command_usage",
      `\`${revision}\` is neither a directory nor a revision that git knows`,
      {
        fix:
          meant === undefined
            ? "check the spelling of the directory or the revision; in CI, fetch the history first: `actions/checkout` with `fetch-depth: 0`"
            : `did you mean \`${meant}\`?`,
      },
    );
  }
  const { files, refused } = listingOf(cwd, commit.trim(), folder);
  if (refused.length > 0) throw new PolicyError(refused.map(leadingOut));
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const paths = files.map(({ path }) => path).filter((path) => path.endsWith(".csv"));
  const bytesOf = (path: string) => gitBytes(cwd, "show", `${commit.trim()}:./${contents.get(path) ?? path}`);
  const read = (path: string): PolicyFile => ({ path, text: textOf(path, bytesOf(path)) });
  if (paths.length === 0) {
    throw new CommandError("command_usage", `revision \`${revision}\` has no policy in \`${folder}\``, {
      fix: "give its directory at that revision with `--policies`, or another revision as BASE",
    });
  }
  const model = `${folder}/model.conf`;
  const own = bytesOf(model);
  return {
    model:
      own === undefined ? { path: folder, text: shippedModel() } : { path: model, text: textOf(model, own) },
    rows: paths.map(read),
  };
}

/** `groups.yaml` of the same; undefined if it has none, or it links out of the directory. */
export function readGroupsRevision(directory: string, revision: string): PolicyFile | undefined {
  const cwd = dirname(directory);
  const commit = git(cwd, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined) return undefined;
  const path = `${basename(directory)}/groups.yaml`;
  const found = listingOf(cwd, commit.trim(), basename(directory)).files.find((one) => one.path === path);
  if (found === undefined) return undefined;
  return { path, text: textOf(path, gitBytes(cwd, "show", `${commit.trim()}:./${found.content}`)) };
}

/** Whether git knows the name as a revision in the policy's directory; false without git. */
export function isRevision(directory: string, name: string): boolean {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return spawnSync("git", args, { cwd: dirname(directory) }).status === 0;
}

/** The commit of HEAD, and the directory in which git keeps it; or why there is none, as a clause. */
type Head = { readonly commit: string; readonly gitDirectory: string } | { readonly none: string };

/**
 * HEAD of the repository that a policy directory is in, without waiting for git.
 *
 * @param directory absolute
 */
export async function headOf(directory: string): Promise<Head> {
  const cwd = dirname(directory);
  const gitDirectory = await gitLine(cwd, "rev-parse", "--absolute-git-dir");
  if (typeof gitDirectory !== "string") {
    const isMissing = gitDirectory.code === "ENOENT";
    return { none: isMissing ? "git is not installed" : "the policy is in no git repository" };
  }
  const commit = await gitLine(cwd, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}");
  return typeof commit === "string" ? { commit, gitDirectory } : { none: "there is no commit yet" };
}

/** The line that git answers, or its error. */
function gitLine(cwd: string, ...args: readonly string[]): Promise<string | ExecFileException> {
  return new Promise((resolve) => {
    execFile("git", args, { cwd }, (error, stdout) => resolve(error ?? stdout.trim()));
  });
}

function listingOf(cwd: string, commit: string, folder: string): RevisionListing {
  const listed = git(cwd, "ls-tree", "-r", "-z", commit, "--", `./${folder}`) ?? "";
  const entries = listed.split("\0").flatMap((line) => {
    const tab = line.indexOf("\t");
    // 120000 is the mode of a symbolic link; its content is its target.
    return tab < 0 ? [] : [{ path: line.slice(tab + 1), link: line.startsWith("120000 ") }];
  });
  return listRevision(
    folder,
    entries,
    (path) => git(cwd, "show", `${commit}:./${path}`) ?? "",
    (path) => git(cwd, "cat-file", "-t", `${commit}:./${path}`)?.trim() === "tree",
  );
}

function leadingOut(path: string): Finding {
  const message =
    "the file cannot be read: it is a symbolic link out of the policy directory, or a broken one";
  return { rule: "file-unreadable", file: path, line: 1, column: 1, message, fix: "give another revision" };
}

/**
 * @throws PolicyError `not-utf8`, as for a file: silent replacement would change names
 */
function textOf(path: string, bytes: Buffer | undefined): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (bytes === undefined || bytes.equals(Buffer.from(text))) return text;
  const message = "the file is not UTF-8 in that revision";
  throw new PolicyError([
    { rule: "not-utf8", file: path, line: 1, column: 1, message, fix: "give another revision" },
  ]);
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  return gitBytes(cwd, ...args)?.toString();
}

/** The output of git; undefined if it fails. @throws CommandError if git is missing */
function gitBytes(cwd: string, ...args: readonly string[]): Buffer | undefined {
  const { error, status, stdout } = spawnSync("git", args, { cwd, maxBuffer: LARGEST });
  if (error !== undefined) {
    throw new CommandError("command_usage", `git cannot be run: ${error.message}`, {
      cause: error,
      fix: "install git, or give two directories",
    });
  }
  return status === 0 ? stdout : undefined;
}
