const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Words of Cedar's grammar (https://docs.cedarpolicy.com/policies/syntax-grammar.html). */
const WORDS = new Set(["true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar"]);
/** Amazon Verified Permissions, user guide, "Differences between Amazon Verified Permissions and Cedar". */
const OF_AWS = ["aws", "amazon", "cedar"];

/** Why the string cannot be the namespace of a policy store; undefined if it can. */
export function namespaceProblem(namespace: string): string | undefined {
  const parts = namespace.split("::");
  if (!parts.every((part) => IDENTIFIER.test(part))) {
    return "a namespace is one or more names of letters, digits and `_`, joined by `::`";
  }
  const word = parts.find((part) => WORDS.has(part));
  if (word !== undefined) return `\`${word}\` is a word of Cedar`;
  const taken = OF_AWS.find((one) => namespace.toLowerCase().includes(one));
  return taken === undefined ? undefined : `Verified Permissions takes no namespace with \`${taken}\``;
}
