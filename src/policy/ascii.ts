// Outside ASCII, folding case merges different characters: U+212A, the Kelvin sign, becomes `k`, and U+017F, the long
// s, becomes `S`. Case-insensitive comparison of outside input therefore folds ASCII only.

const ASCII = /^[\0-\x7f]*$/;

/** The string with A to Z in lower case and every other character unchanged. */
export function lowerAscii(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether the string equals `lowerCaseName`, which is ASCII, ignoring the case of A to Z. */
export function isNamed(text: string, lowerCaseName: string): boolean {
  return text.length === lowerCaseName.length && text.toLowerCase() === lowerCaseName && ASCII.test(text);
}
