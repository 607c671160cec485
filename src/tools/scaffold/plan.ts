/** A file that is written whole. */
interface NewFile {
  /** Below the checkout. */
  readonly path: string;
  /** Below templates/. */
  readonly template: string;
}

/** Lines that are added to a file that exists. */
export interface Insertion {
  readonly path: string;
  /** The lines go before this, which is there exactly once. */
  readonly before: string;
  readonly lines: readonly string[];
}

/** What the scaffold does for one name. */
export interface Plan {
  readonly files: readonly NewFile[];
  readonly insertions: readonly Insertion[];
  /** What is left to do, one sentence each. */
  readonly next: readonly string[];
}

/** Placeholders of the templates -> what they become. */
export type Words = Readonly<Record<string, string>>;

/** A template with its placeholders filled: `__NAME__`. */
export function filled(template: string, words: Words): string {
  return template.replace(/__([A-Z]+)__/g, (whole, word: string) => words[word] ?? whole);
}
