import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../error-code.ts";

/** The store that cognito-local asks for: a tree of JSON, addressed by path. */
export interface DataStore {
  get(context: unknown, key: string | readonly string[], otherwise?: unknown): Promise<unknown>;
  set(context: unknown, key: string | readonly string[], value: unknown): Promise<void>;
  delete(context: unknown, key: string | readonly string[]): Promise<void>;
  getRoot(context: unknown): Promise<unknown>;
}

type Tree = Record<string, unknown>;

/** A file of the data directory is not JSON. `--reset` would help, but only the user may decide to use it. */
export class DamagedDataError extends Error {
  override readonly name = "DamagedDataError";
}

/**
 * Keeps every store as one JSON file that is replaced whole, so that a crash leaves the old state or the new
 * one, and readable by its owner only: cognito-local keeps passwords in plain text.
 */
export class JsonDataStoreFactory {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async create(_context: unknown, id: string, defaults: object): Promise<DataStore> {
    await mkdir(this.#directory, { recursive: true });
    const file = join(this.#directory, `${id}.json`);
    const store = new JsonDataStore(file, { ...structuredClone(defaults), ...(await read(file)) });
    await store.save();
    return store;
  }
}

class JsonDataStore implements DataStore {
  readonly #file: string;
  readonly #tree: Tree;
  #saving: Promise<void> = Promise.resolve();

  constructor(file: string, tree: Tree) {
    this.#file = file;
    this.#tree = tree;
  }

  get(_context: unknown, key: string | readonly string[], otherwise?: unknown): Promise<unknown> {
    let value: unknown = this.#tree;
    for (const step of pathOf(key))
      value = isTree(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    // A copy: cognito-local edits what it read before it decides to save it.
    return Promise.resolve(structuredClone(value ?? otherwise ?? null));
  }

  getRoot(): Promise<unknown> {
    return Promise.resolve(structuredClone(this.#tree));
  }

  async set(_context: unknown, key: string | readonly string[], value: unknown): Promise<void> {
    const { parent, last } = this.#place(key);
    parent[last] = structuredClone(value);
    await this.save();
  }

  async delete(_context: unknown, key: string | readonly string[]): Promise<void> {
    const { parent, last } = this.#place(key);
    delete parent[last];
    await this.save();
  }

  save(): Promise<void> {
    const next = this.#saving.then(() => write(this.#file, this.#tree));
    this.#saving = next.catch(() => undefined);
    return next;
  }

  #place(key: string | readonly string[]): { parent: Tree; last: string } {
    const path = pathOf(key);
    let parent = this.#tree;
    for (const step of path.slice(0, -1)) {
      const existing = Object.hasOwn(parent, step) ? parent[step] : undefined;
      const child: Tree = isTree(existing) ? existing : {};
      parent[step] = child;
      parent = child;
    }
    return { parent, last: path.at(-1) ?? "" };
  }
}

const pathOf = (key: string | readonly string[]) => (typeof key === "string" ? [key] : key);

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

async function read(file: string): Promise<Tree> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return {};
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text, reviveDate);
    if (isTree(value)) return value;
  } catch (cause) {
    throw new DamagedDataError(`\`${file}\` is not JSON`, { cause });
  }
  throw new DamagedDataError(`\`${file}\` is not a JSON object`);
}

/** cognito-local expects dates under the names that end so. */
function reviveDate(key: string, value: unknown): unknown {
  return key.endsWith("Date") && typeof value === "string" ? new Date(value) : value;
}

async function write(file: string, tree: Tree): Promise<void> {
  const next = `${file}.${randomUUID()}.tmp`;
  await writeFile(next, JSON.stringify(tree, null, 2), { mode: 0o600 });
  await rename(next, file);
}
