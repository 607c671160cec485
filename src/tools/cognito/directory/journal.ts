import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { systemCodeOf } from "../../../errors.ts";
import { jsonIn, objectOf, textOf } from "../../../json.ts";
import { recordFault } from "./record-faults.ts";

/** A file of the data directory is not what this pool wrote. Only the user may decide to delete it. */
export class DamagedDataError extends Error {
  override readonly name = "DamagedDataError";
}

/** Where records are kept: by collection and key. */
export interface Store {
  entries(collection: string): ReadonlyMap<string, unknown>;
  put(collection: string, key: string, value: unknown): void;
  delete(collection: string, key: string): void;
}

/** A file has this many lines for each record before it is rewritten. */
const SLACK = 2;
const FEW_LINES = 1_000;

const LINE_END = 0x0a;

/** A store that forgets: for tests, and for a pool without a data directory. */
export class MemoryStore implements Store {
  protected readonly collections = new Map<string, Map<string, unknown>>();

  entries(collection: string): ReadonlyMap<string, unknown> {
    return this.collections.get(collection) ?? new Map<string, unknown>();
  }

  put(collection: string, key: string, value: unknown): void {
    const records = this.collections.get(collection) ?? new Map<string, unknown>();
    this.collections.set(collection, records.set(key, value));
  }

  delete(collection: string, key: string): void {
    this.collections.get(collection)?.delete(key);
  }
}

/**
 * A store in one file of JSON lines that only grows: each change is one line, written before the call returns. A crash
 * in the middle of a line leaves a line without its end, which the next start cuts off; everything before it is kept.
 * Starting rewrites the file where most of its lines are outdated. Only its owner may read it.
 */
export class Journal extends MemoryStore {
  readonly #file: string;

  /** @throws DamagedDataError where a line that has its end is not a change, or its record not one of a user pool */
  constructor(file: string) {
    super();
    this.#file = file;
    makeDirectory(dirname(file));
    const lines = textIn(wholeLines(file), file).split("\n").slice(0, -1);
    for (const [index, line] of lines.entries()) this.#replay(line, index + 1);
    if (lines.length > FEW_LINES && lines.length > SLACK * this.#count()) this.#rewrite();
  }

  override put(collection: string, key: string, value: unknown): void {
    this.#append({ c: collection, k: key, v: value });
    super.put(collection, key, value);
  }

  override delete(collection: string, key: string): void {
    if (!this.entries(collection).has(key)) return;
    this.#append({ c: collection, k: key });
    super.delete(collection, key);
  }

  #append(change: object): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(change)}\n`, { mode: 0o600 });
    } catch (error) {
      // A full disk leaves a part of the line, and the next one must not be written behind it.
      wholeLines(this.#file);
      throw error;
    }
  }

  #replay(line: string, number: number): void {
    const change = objectOf(jsonIn(line));
    const collection = textOf(change["c"]);
    const key = textOf(change["k"]);
    if (collection === undefined || key === undefined) {
      throw new DamagedDataError(`${this.#file}:${number} is not a record of the user pool`);
    }
    if (!("v" in change)) {
      super.delete(collection, key);
      return;
    }
    const fault = recordFault(collection, key, change["v"]);
    if (fault !== undefined) {
      const record = `the record \`${key}\` of \`${collection}\``;
      throw new DamagedDataError(`${this.#file}:${number}: ${record} is not one of a user pool: ${fault}`);
    }
    super.put(collection, key, change["v"]);
  }

  #count(): number {
    return [...this.collections.values()].reduce((sum, records) => sum + records.size, 0);
  }

  #rewrite(): void {
    const lines = [...this.collections].flatMap(([collection, records]) =>
      [...records].map(([key, value]) => `${JSON.stringify({ c: collection, k: key, v: value })}\n`),
    );
    const draft = `${this.#file}.new`;
    writeFileSync(draft, lines.join(""), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

/** The lines of a file that have their end. The rest is cut off the file. */
function wholeLines(file: string): Buffer {
  const bytes = readOrEmpty(file);
  const end = bytes.lastIndexOf(LINE_END) + 1;
  if (end < bytes.length) truncateSync(file, end);
  return bytes.subarray(0, end);
}

function readOrEmpty(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "ENOENT") return Buffer.alloc(0);
    if (code === "EISDIR") {
      throw new DamagedDataError(`${file} is a directory; expected the file of the user pool`, {
        cause: error,
      });
    }
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== "EEXIST" && code !== "ENOTDIR") throw error;
    const what = "expected the directory of the user pool";
    throw new DamagedDataError(`${directory} cannot be created, since a file is in its place; ${what}`, {
      cause: error,
    });
  }
}

function textIn(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DamagedDataError(`${file} is not UTF-8, so it is not a file of the user pool`);
  }
}
