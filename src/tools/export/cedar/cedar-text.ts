/** Characters that a reader sees as they are; the others could hide or reorder what a policy says. */
const PLAIN = /^[\p{L}\p{N}\p{P}\p{S} ]$/u;

/**
 * A string literal of Cedar (https://docs.cedarpolicy.com/policies/syntax-grammar.html: the escapes of Rust). No text
 * ends the literal.
 */
export function cedarString(text: string): string {
  const characters = Array.from(text, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    return PLAIN.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return `"${characters.join("")}"`;
}
