import type { Screen } from "../machine/screen.ts";

const TICK_MS = 500;

/** Says on a terminal what is done at the moment, and for how long, in a line that is gone afterwards. */
export class Progress {
  readonly #screen: Screen;
  readonly #isTerminal: boolean;
  readonly #since = Date.now();
  #step = "";
  #ticks: NodeJS.Timeout | undefined;

  /** @param isTerminal elsewhere, nothing is written */
  constructor(screen: Screen, isTerminal: boolean) {
    this.#screen = screen;
    this.#isTerminal = isTerminal;
  }

  /** From now on, this is done. */
  show(step: string): void {
    if (!this.#isTerminal) return;
    this.#step = step;
    this.#ticks ??= setInterval(() => this.#draw(), TICK_MS).unref();
    this.#draw();
  }

  /** Nothing is done any more. */
  end(): void {
    if (this.#ticks === undefined) return;
    clearInterval(this.#ticks);
    this.#ticks = undefined;
    this.#screen.document(CLEARED);
  }

  #draw(): void {
    const seconds = Math.floor((Date.now() - this.#since) / 1000);
    this.#screen.document(`${CLEARED}  ${this.#step} ... ${seconds} s`);
  }
}

/** Back to the beginning of the line, which is emptied. */
const CLEARED = "\r\u001b[K";
