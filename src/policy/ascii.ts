// Outside ASCII, folding case joins what is not the same: U+212A, the Kelvin sign, becomes `k`, and U+017F, the long s,
// becomes `S`. What is compared across cases and comes from outside is therefore folded here.

const ASCII = /^[\0-\x7f]*$/;

/** The text with A to Z in lower case; every other character stays as it is. */
export function lowerAscii(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether the text is the name but for the case of A to Z; the name is in lower case. */
export function isNamed(text: string, lowerCaseName: string): boolean {
  return (
    text.length === lowerCaseName.length &&
    text.toLowerCase() === lowerCaseName &&
    lowerAscii(text) === lowerCaseName
  );
}
