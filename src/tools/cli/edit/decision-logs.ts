import { readdirSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { readEntry } from "../../decision-log/entry.ts";
import { createMessageReader } from "../../decision-log/messages.ts";
import { createRowUses, type RowUses } from "../../decision-log/row-uses.ts";
import { readLines } from "../../machine/log-file.ts";

/** `claimgate.decisionLog` where an editor does not say: what the pages call a log. */
export const DEFAULT_LOGS = ["decisions*.log", "decisions*.log.gz", "decisions*.json", "decisions*.jsonl"];

/** The end of a longer file is read: the newest lines. */
const MOST_BYTES = 32 * 2 ** 20;
/** Of more files the ones that changed last are read. */
const MOST_FILES = 10;
/** A log that grows is read again after so many times as long as reading took, and not within two seconds. */
const PATIENCE = 20;
const LEAST_PAUSE = 2_000;

/** The uses of rows in the decision logs of a service. */
export interface LoggedUses {
  readonly uses: RowUses;
  /** Whether a file was too long to read all of it, or there were too many. */
  readonly isPart: boolean;
}

interface LogFile {
  readonly path: string;
  readonly size: number;
  readonly stamp: string;
}

/**
 * Reads the decision logs of a service in the background, a chunk at a time, and again when one of them changed. A file
 * that cannot be read counts as missing.
 */
export class DecisionLogs {
  readonly #directory: string;
  readonly #patterns: readonly string[];
  readonly #now: () => number;
  readonly #onRead: () => void;
  #read: { readonly stamp: string; readonly logged: LoggedUses | undefined } = {
    stamp: "",
    logged: undefined,
  };
  #reading: Promise<void> | undefined;
  #notBefore = 0;
  #isClosed = false;

  /**
   * @param directory of the service
   * @param patterns files relative to it; `*` stands for any characters of a file name
   * @param now milliseconds since the epoch
   * @param onRead called when what {@link logged} returns may have changed
   */
  constructor(directory: string, patterns: readonly string[], now: () => number, onRead: () => void) {
    this.#directory = directory;
    this.#patterns = patterns;
    this.#now = now;
    this.#onRead = onRead;
  }

  /** What was last read; undefined while nothing was, or if there is no log. Begins to read what changed since. */
  get logged(): LoggedUses | undefined {
    void this.refresh();
    return this.#read.logged;
  }

  /** Begins to read if a file changed; resolves when that is done. */
  async refresh(): Promise<void> {
    if (this.#reading !== undefined) return this.#reading;
    if (this.#isClosed || this.#now() < this.#notBefore) return;
    const files = filesOf(this.#directory, this.#patterns);
    const stamp = files.map((file) => file.stamp).join("\n");
    if (stamp === this.#read.stamp) return;
    this.#reading = this.#readAll(files, stamp).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  close(): void {
    this.#isClosed = true;
  }

  async #readAll(files: readonly LogFile[], stamp: string): Promise<void> {
    const begun = this.#now();
    const uses = createRowUses(begun);
    const read = files.slice(0, MOST_FILES);
    let isPart = read.length < files.length;
    for (const file of read) {
      const isWhole = await this.#readOne(file, uses.add);
      if (!isWhole) isPart = true;
    }
    this.#read = { stamp, logged: files.length === 0 ? undefined : { uses, isPart } };
    const ended = this.#now();
    this.#notBefore = ended + Math.max(LEAST_PAUSE, PATIENCE * (ended - begun));
    if (!this.#isClosed) this.#onRead();
  }

  /** Whether the whole file was read. */
  async #readOne({ path, size }: LogFile, add: ReturnType<typeof createRowUses>["add"]): Promise<boolean> {
    const from = Math.max(0, size - MOST_BYTES);
    const messages = createMessageReader();
    let characters = 0;
    try {
      for await (const lines of readLines(path, undefined, { from, most: MOST_BYTES })) {
        if (this.#isClosed) return false;
        for (const line of lines) {
          characters += line.length;
          for (const message of messages(line)) add(readEntry(message));
        }
        // What a person types goes first.
        await setImmediate();
      }
    } catch {
      return false;
    }
    return from === 0 && characters <= MOST_BYTES;
  }
}

/** The files that the patterns match, the last changed first. */
function filesOf(directory: string, patterns: readonly string[]): readonly LogFile[] {
  const paths = new Set(patterns.flatMap((pattern) => matching(resolve(directory, pattern))));
  return [...paths]
    .flatMap((path) => {
      const stat = statOf(path);
      // Opening a pipe would wait for somebody to write.
      if (stat?.isFile() !== true) return [];
      const { ino, size, mtimeMs } = stat;
      return [{ path, size, mtimeMs, stamp: `${path} ${ino} ${size} ${mtimeMs}` }];
    })
    .sort((a, b) => b.mtimeMs - a.mtimeMs);
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function matching(path: string): readonly string[] {
  const name = basename(path);
  if (!name.includes("*")) return [path];
  const parts = name.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join("[^/]*")}$`);
  try {
    return readdirSync(dirname(path))
      .filter((one) => pattern.test(one))
      .map((one) => join(dirname(path), one));
  } catch {
    return [];
  }
}
