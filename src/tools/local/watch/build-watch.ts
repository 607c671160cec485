import { stripVTControlCharacters } from "node:util";
import { Listeners } from "../gateways/listeners.ts";

/** A failed build of the functions. */
export interface FailedBuild {
  /** `src/sample/orders.ts:5:3: Unexpected ";"`; undefined if esbuild names no place. */
  readonly error: string | undefined;
}

/**
 * Finds failed builds in the functions' output: the errors of esbuild, and the line in which serverless-esbuild waits.
 */
export class BuildWatch {
  readonly #listeners = new Listeners<FailedBuild>();
  #message: string | undefined;
  #error: string | undefined;

  /** Takes one line of output. */
  line(text: string): void {
    const plain = stripVTControlCharacters(text);
    const message = /\[ERROR\] (.+)$/.exec(plain)?.[1];
    const place = /^ {4}(\S.*:\d+:\d+):$/.exec(plain)?.[1];
    if (message !== undefined) {
      this.#message = message;
      this.#error = message;
    } else if (place !== undefined && this.#message !== undefined) {
      this.#error = `${place}: ${this.#message}`;
      this.#message = undefined;
    } else if (plain.includes("Bundle error, waiting for a file change")) {
      this.#listeners.tell({ error: this.#error });
      this.#message = undefined;
      this.#error = undefined;
    }
  }

  /** Reports every failed build from now on. @returns stops reporting */
  subscribe(listener: (build: FailedBuild) => void): () => void {
    return this.#listeners.add(listener);
  }
}
