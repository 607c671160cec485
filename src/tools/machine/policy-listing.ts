import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { systemCodeOf } from "../../errors.ts";
import { DIRECTORY, whyNotRead } from "./file-reason.ts";

/** A file below the policy directory, by one of its names. */
export interface ListedFile {
  /** Relative to the directory, with `/`: `restrictions/trainees.csv`. */
  readonly name: string;
  readonly path: string;
  /** Equal for all names of one file, symbolic or hard links. */
  readonly identity: string;
  /** The name is a symbolic link or below one. */
  readonly linked: boolean;
}

/** An entry that is not read: an outside or broken link, a pipe, a socket, a device, an unreadable directory. */
export interface RefusedEntry {
  readonly name: string;
  readonly why: string;
  readonly fix?: string;
  /** May contain files, so it matters regardless of its name. */
  readonly directory: boolean;
}

export interface PolicyListing {
  /** All names of all files; {@link oncePerFile} keeps one name of each. */
  readonly files: readonly ListedFile[];
  readonly refused: readonly RefusedEntry[];
}

/**
 * Names of editors and systems that are never part of a policy: hidden files and folders (`.#roles.csv`, `._roles.csv`,
 * `.roles.csv.swp`, `.~lock.roles.csv#`), `roles.csv~`, `#roles.csv#`, `~$roles.csv`, vim's `4913`.
 */
export function isIgnoredName(name: string): boolean {
  return (
    name.startsWith(".") ||
    name.startsWith("~$") ||
    name.endsWith("~") ||
    (name.startsWith("#") && name.endsWith("#")) ||
    name === "4913"
  );
}

/** Whether a file, or a folder that it is in, has such a name; `name` is relative to the directory. */
export function hasIgnoredName(name: string): boolean {
  return name.split("/").some(isIgnoredName);
}

/**
 * Lists everything below the directory, which may itself be a link. Enters each directory once, so cyclic links end.
 * Opens nothing. Leaves out ignored names.
 *
 * @throws Error of the file system if the directory itself cannot be listed
 */
export function listPolicyDirectory(directory: string): PolicyListing {
  return new Lister(directory).list();
}

/** One name of each file, sorted: preferably one that is not a link, else the first. */
export function oncePerFile(files: readonly ListedFile[]): readonly ListedFile[] {
  const preferred = [...files].sort(
    (a, b) => Number(a.linked) - Number(b.linked) || (a.name < b.name ? -1 : 1),
  );
  const seen = new Map<string, ListedFile>();
  for (const file of preferred) if (!seen.has(file.identity)) seen.set(file.identity, file);
  return [...seen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Lister {
  readonly #directory: string;
  readonly #root: string;
  readonly #files: ListedFile[] = [];
  readonly #refused: RefusedEntry[] = [];
  readonly #entered = new Set<string>();
  /** Names of links; real entries come first, so that they keep their own names. */
  readonly #links: string[] = [];

  constructor(directory: string) {
    this.#directory = directory;
    // The native version returns the stored spelling on case-insensitive file systems.
    this.#root = realpathSync.native(directory);
  }

  list(): PolicyListing {
    this.#entered.add(this.#root);
    this.#enter("", readdirSync(this.#root, { withFileTypes: true }), false);
    for (let at = 0; at < this.#links.length; at += 1) this.#follow(this.#links[at] ?? "");
    return { files: this.#files, refused: this.#refused };
  }

  #enter(folder: string, entries: readonly Dirent[], linked: boolean): void {
    const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of sorted) {
      if (isIgnoredName(entry.name)) continue;
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) this.#links.push(name);
      else this.#take(name, linked);
    }
  }

  #follow(name: string): void {
    this.#trying(name, () => {
      const target = realpathSync.native(join(this.#directory, name));
      if (target === this.#root || target.startsWith(this.#root + sep)) this.#take(name, true);
      else {
        const what = statSync(target).isDirectory() ? "directory" : "file";
        this.#refused.push({
          name,
          why: `it is a symbolic link to a ${what} outside the policy directory`,
          fix: `replace the link with a copy of the ${what}, or move the ${what} into the policy directory`,
          directory: what === "directory",
        });
      }
    });
  }

  #take(name: string, linked: boolean): void {
    this.#trying(name, () => {
      const path = join(this.#directory, name);
      const stat = statSync(path);
      if (stat.isDirectory()) this.#takeDirectory(name, path, linked);
      else if (stat.isFile()) this.#files.push({ name, path, identity: identityOf(path, stat), linked });
      else this.#refused.push({ name, why: kindOf(stat), directory: false });
    });
  }

  #takeDirectory(name: string, path: string, linked: boolean): void {
    if (name.endsWith(".csv")) {
      this.#refused.push({ name, why: DIRECTORY, directory: true });
    }
    const real = realpathSync.native(path);
    if (this.#entered.has(real)) return;
    this.#entered.add(real);
    this.#enter(name, readdirSync(path, { withFileTypes: true }), linked);
  }

  #trying(name: string, look: () => void): void {
    try {
      look();
    } catch (error) {
      const code = systemCodeOf(error);
      if (code === undefined) throw error;
      const directory =
        typeof error === "object" && error !== null && "syscall" in error && error.syscall === "scandir";
      this.#refused.push({ name, why: whyNotRead(error), directory });
    }
  }
}

/** Hard links share an inode number; not every file system has them, so only files with several links are checked. */
function identityOf(path: string, { nlink, dev, ino }: Stats): string {
  return nlink > 1 && ino !== 0 ? `${dev}:${ino}` : realpathSync.native(path);
}

/** Opening such an entry could block or never end. */
export function kindOf(stat: Stats): string {
  if (stat.isFIFO()) return "it is a named pipe";
  if (stat.isSocket()) return "it is a socket";
  return "it is a device";
}
