import { type FSWatcher, watch } from "node:fs";
import { assemblePolicy } from "../../../policy/assemble.ts";
import { compilePolicy, type PolicyFile, textOf } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import type { DiffSide } from "../../access/policy-diff.ts";
import { CommandError } from "../../machine/command-error.ts";
import { headOf, readGroupsRevision, readPolicyRevision } from "../../machine/git-revision.ts";

/** The policy of the last commit; or why there is none, as a clause. */
export type Head =
  | { readonly kind: "loaded"; readonly side: DiffSide; readonly groupsFile: PolicyFile | undefined }
  | { readonly kind: "none"; readonly why: string };

/** So long after a change in the directory of git, which one command changes many times. */
const SETTLED_MS = 200;

/** The policy of HEAD, loaded once for each commit. */
export class HeadPolicy {
  readonly #directory: string;
  readonly #onChange: () => void;
  #loaded: { readonly commit: string; readonly head: Head } | undefined;
  #asked: Promise<Head> | undefined;
  #watcher: FSWatcher | undefined;
  #settling: NodeJS.Timeout | undefined;

  /**
   * @param directory the absolute path of the policy directory
   * @param onChange called when HEAD is another commit than before
   */
  constructor(directory: string, onChange: () => void) {
    this.#directory = directory;
    this.#onChange = onChange;
  }

  /** Of the commit that HEAD is now. Git is asked once for those who ask at the same time. */
  current(): Promise<Head> {
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }

  close(): void {
    clearTimeout(this.#settling);
    this.#watcher?.close();
  }

  async #ask(): Promise<Head> {
    const found = await headOf(this.#directory);
    if ("none" in found) return { kind: "none", why: found.none };
    this.#watch(found.gitDirectory);
    if (this.#loaded?.commit !== found.commit) {
      this.#loaded = { commit: found.commit, head: load(this.#directory, found.commit) };
    }
    return this.#loaded.head;
  }

  /** A commit, a checkout and a rebase each write the index or HEAD. */
  #watch(gitDirectory: string): void {
    if (this.#watcher !== undefined) return;
    const changed = async () => {
      const before = this.#loaded?.commit;
      await this.current();
      if (this.#loaded?.commit !== before) this.#onChange();
    };
    try {
      this.#watcher = watch(gitDirectory, { persistent: false }, () => {
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => void changed(), SETTLED_MS);
        this.#settling.unref();
      }).on("error", () => {});
    } catch {
      // Some file systems cannot be watched: the next edit asks git anyway.
    }
  }
}

function load(directory: string, commit: string): Head {
  try {
    const compiled = compilePolicy(readPolicyRevision(directory, commit));
    const rows = compiled.rows.map((row) => ({
      file: compiled.files[row[1]] ?? "",
      line: row[2],
      text: textOf(row),
    }));
    const side = { policy: assemblePolicy(compiled), rows };
    return { kind: "loaded", side, groupsFile: readGroupsRevision(directory, commit) };
  } catch (error) {
    if (error instanceof PolicyError) return { kind: "none", why: "the policy of HEAD does not load" };
    if (error instanceof CommandError) return { kind: "none", why: "HEAD has no policy here" };
    return { kind: "none", why: `the policy of HEAD cannot be read: ${String(error)}` };
  }
}
