/**
 * The end of the string without such trailing characters. Reads each character once; a pattern such as `/[ \t]+$/`
 * restarts at each of them, which takes a minute for 100,000 in the middle of a line.
 *
 * @param text a string; or anything else of single characters
 */
export function trimmedEnd(text: ArrayLike<string>, isTrimmed: (character: string) => boolean): number {
  let end = text.length;
  while (end > 0 && isTrimmed(text[end - 1] ?? "")) end -= 1;
  return end;
}

/** The string without such trailing characters. */
export function trimEndOf(text: string, isTrimmed: (character: string) => boolean): string {
  return text.slice(0, trimmedEnd(text, isTrimmed));
}
