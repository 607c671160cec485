import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { type JsonObject, jsonIn, objectsOf } from "../../../json.ts";
import { draftFile } from "../../machine/draft-file.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { EventFolder } from "./event-kind.ts";
import { RecordError } from "./record-error.ts";
import type { SampleEntry } from "./sample-entry.ts";
import { sampleJson } from "./sample-json.ts";

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_NAME = 80;
const MANIFEST = "manifest.json";

/** The samples of a service. */
export class SampleFiles {
  readonly #directory: string;

  /** @param directory `events` of the service */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The file of a sample that does not exist yet.
   *
   * @param name as given, with or without `.json`
   * @returns its name in the folder
   * @throws RecordError `name`, `exists`
   */
  fileFor(folder: EventFolder, name: string): string {
    const bare = name.trim().replace(/\.json$/, "");
    if (!NAME.test(bare) || bare.length > LONGEST_NAME || `${bare}.json` === MANIFEST) {
      throw new RecordError(
        "name",
        `\`${bare.slice(0, LONGEST_NAME)}\` cannot be the name of a sample; use lower-case letters, digits and hyphens, as in \`customer-lists-orders\``,
      );
    }
    if (this.#has(folder, `${bare}.json`)) throw existsAlready(folder, bare);
    return `${bare}.json`;
  }

  /** A name that is free, beginning with the given one. */
  freeName(folder: EventFolder, wanted: string): string {
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      if (!this.#has(folder, `${name}.json`)) return name;
    }
  }

  #has(folder: EventFolder, file: string): boolean {
    return (
      existsSync(join(this.#directory, folder, file)) ||
      this.entries(folder).some((entry) => entry["file"] === file)
    );
  }

  /** The manifest of a folder; empty where there is none. */
  entries(folder: EventFolder): readonly JsonObject[] {
    return objectsOf(jsonIn(this.#manifest(folder)));
  }

  /**
   * Writes a sample and its entry in the manifest: both or none. A file that exists is never written over.
   *
   * @throws RecordError `exists`, `write`
   */
  write(folder: EventFolder, sample: JsonObject, entry: SampleEntry): void {
    const at = this.#folder(folder);
    const path = join(at, entry.file);
    const manifest = this.#manifest(folder);
    try {
      writeFileSync(path, sampleJson(sample), { flag: "wx" });
    } catch (cause) {
      if (existsSync(path)) throw existsAlready(folder, entry.file.replace(/\.json$/, ""));
      throw notWritten(folder, entry.file, cause);
    }
    try {
      draftFile(join(at, MANIFEST), withEntry(manifest, entry)).put();
    } catch (cause) {
      rmSync(path, { force: true });
      throw notWritten(folder, MANIFEST, cause);
    }
  }

  /** A link must not lead out of the samples. @throws RecordError */
  #folder(folder: EventFolder): string {
    const at = join(this.#directory, folder);
    try {
      mkdirSync(at, { recursive: true });
      if (realpathSync(at).startsWith(realpathSync(this.#directory) + sep)) return at;
    } catch (cause) {
      throw notWritten(folder, "", cause);
    }
    throw new RecordError("write", `events/${folder} is a link to another place; nothing was written`);
  }

  #manifest(folder: EventFolder): string {
    const path = join(this.#directory, folder, MANIFEST);
    return existsSync(path) ? readFileSync(path, "utf8") : "[]";
  }
}

/** The text of a manifest with one more entry; the others stay as they are written. */
function withEntry(manifest: string, entry: SampleEntry): string {
  const written = sampleJson([entry]).replace(/^\[/, "");
  const before = manifest.trimEnd().replace(/\]$/, "").trimEnd();
  return `${before}${before.endsWith("[") ? "" : ","}${written}`;
}

function existsAlready(folder: EventFolder, name: string): RecordError {
  return new RecordError("exists", `events/${folder}/${name}.json exists; choose another name`);
}

function notWritten(folder: EventFolder, file: string, cause: unknown): RecordError {
  const message = `events/${folder}/${file} could not be written, and nothing was saved: ${whyNotWritten(cause)}`;
  return new RecordError("write", message, { cause });
}
