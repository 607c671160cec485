/** Where the reader wants to look: a file, or a line of it. */
export interface Shown {
  readonly path: string;
  readonly line: number | undefined;
  /** Another number to show the same place again. */
  readonly turn: number;
}
