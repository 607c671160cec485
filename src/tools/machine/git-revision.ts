import { type ExecFileException, execFile, spawnSync } from "node:child_process";
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { basename, dirname, posix } from "node:path";
import type { PolicyFile, PolicySources } from "../../policy/compile.ts";
import { type Finding, PolicyError } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { CommandError } from "./command-error.ts";
import { listRevision, type RevisionListing } from "./revision-listing.ts";
import { shippedModel } from "./shipped-model.ts";

/** The largest policy file that is read from git, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** The revision is there, and the directory has no rows in it: it is new, or had another name. */
export class RevisionWithoutPolicy extends CommandError {
  readonly folder: string;

  constructor(revision: string, folder: string) {
    super("command_usage", `revision \`${revision}\` has no policy in \`${folder}\``, {
      fix: "give its directory at that revision with `--policies`, or another revision",
    });
    this.folder = folder;
  }
}

/**
 * The policy of a directory at a git revision; nothing is checked out. Of a directory that is a link today, the one
 * that it leads to, unless the revision has no policy there.
 *
 * @param directory absolute, e.g. `/service/policies`; it need not exist any more
 * @throws CommandError if git is missing or does not know the revision; {@link RevisionWithoutPolicy}
 */
export function readPolicyRevision(directory: string, revision: string): PolicySources {
  const linked = linkedDirectory(directory);
  if (linked !== undefined) {
    try {
      return readRevisionAt(linked, revision);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }
  return readRevisionAt(directory, revision);
}

/** Undefined for a directory that is none, or no link. */
function linkedDirectory(directory: string): string | undefined {
  if (lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return undefined;
  return existsSync(directory) ? realpathSync(directory) : undefined;
}

function readRevisionAt(directory: string, revision: string): PolicySources {
  const place = placeInGit(directory);
  const { cwd } = place;
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
  const { files, refused } = listingOf(place, commit.trim(), folder);
  if (refused.length > 0) throw new PolicyError(refused.map(leadingOut));
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  const paths = files.map(({ path }) => path).filter((path) => path.endsWith(".csv"));
  const bytesOf = (path: string) =>
    gitBytes(cwd, "show", `${commit.trim()}:${place.pathOf(contents.get(path) ?? path)}`);
  const read = (path: string): PolicyFile => ({ path, text: textOf(path, bytesOf(path)) });
  if (paths.length === 0) {
    throw new RevisionWithoutPolicy(revision, folder);
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
  const linked = linkedDirectory(directory);
  const found = linked === undefined ? undefined : readGroupsAt(linked, revision);
  return found ?? readGroupsAt(directory, revision);
}

function readGroupsAt(directory: string, revision: string): PolicyFile | undefined {
  const place = placeInGit(directory);
  const { cwd } = place;
  const commit = git(cwd, "rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`);
  if (commit === undefined) return undefined;
  const path = `${basename(directory)}/groups.yaml`;
  const found = listingOf(place, commit.trim(), basename(directory)).files.find((one) => one.path === path);
  if (found === undefined) return undefined;
  return {
    path,
    text: textOf(path, gitBytes(cwd, "show", `${commit.trim()}:${place.pathOf(found.content)}`)),
  };
}

/** Whether git knows the name as a revision in the policy's directory; false without git. */
export function isRevision(directory: string, name: string): boolean {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return spawnSync("git", args, { cwd: placeInGit(directory).cwd }).status === 0;
}

/** Where git runs for a policy directory, and how it names the files of it. */
interface PlaceInGit {
  readonly cwd: string;
  /** The directory, from there. */
  readonly directory: string;
  /** The name of a listed file, which begins with that of the directory: `policies/roles.csv`. */
  readonly nameOf: (path: string) => string;
  /** What git calls it in a revision. */
  readonly pathOf: (name: string) => string;
}

/**
 * Above the directory, which may no longer exist: git finds its repository from there. In the directory if it is the
 * top of a repository of its own.
 */
function placeInGit(directory: string): PlaceInGit {
  const isTop = existsSync(directory) && git(directory, ...PREFIX)?.trim() === "";
  const folder = basename(directory);
  return isTop
    ? {
        cwd: directory,
        directory: "./",
        nameOf: (path) => `${folder}/${path}`,
        pathOf: (name) => `./${posix.relative(folder, name)}`,
      }
    : {
        cwd: dirname(directory),
        directory: `./${folder}`,
        nameOf: (path) => path,
        pathOf: (name) => `./${name}`,
      };
}

/** Prints the path below the top of the repository: empty at the top. */
const PREFIX = ["rev-parse", "--show-prefix"] as const;

/** The commit of HEAD, and the directory in which git keeps it; or why there is none, as a clause. */
type Head = { readonly commit: string; readonly gitDirectory: string } | { readonly none: string };

/**
 * HEAD of the repository that a policy directory is in, without waiting for git.
 *
 * @param directory absolute
 */
export async function headOf(directory: string): Promise<Head> {
  const isTop = existsSync(directory) && (await gitLine(directory, ...PREFIX)) === "";
  const cwd = isTop ? directory : dirname(directory);
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

function listingOf(
  { cwd, directory, nameOf, pathOf }: PlaceInGit,
  commit: string,
  folder: string,
): RevisionListing {
  const listed = git(cwd, "ls-tree", "-r", "-z", commit, "--", directory) ?? "";
  const entries = listed.split("\0").flatMap((line) => {
    const tab = line.indexOf("\t");
    // 120000 is the mode of a symbolic link; its content is its target.
    return tab < 0 ? [] : [{ path: nameOf(line.slice(tab + 1)), link: line.startsWith("120000 ") }];
  });
  return listRevision(
    folder,
    entries,
    (path) => git(cwd, "show", `${commit}:${pathOf(path)}`) ?? "",
    (path) => {
      const type = git(cwd, "cat-file", "-t", `${commit}:${pathOf(path)}`);
      // Of what is outside of the repository, git says nothing: it may be a directory with rows.
      return type === undefined ? pathOf(path).startsWith("./..") : type.trim() === "tree";
    },
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
