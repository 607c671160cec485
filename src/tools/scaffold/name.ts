/** The scaffold was asked for what it cannot make; nothing was written. */
export class ScaffoldError extends Error {}

/** A name in the spellings that files and code need. */
export interface Name {
  /** `row-too-old` */
  readonly kebab: string;
  /** `rowTooOld` */
  readonly camel: string;
  /** `RowTooOld` */
  readonly pascal: string;
}

const LONGEST = 40;

/** Words of JavaScript that cannot be the name of a constant. */
const RESERVED = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if import in instanceof let new null return static super switch this throw true try typeof var " +
    "void while with yield"
  ).split(" "),
);

/**
 * @param what the kind of thing that gets the name, for the message
 * @throws ScaffoldError with a name that would do, where there is one
 */
export function parseName(text: string, what: string): Name {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)) {
    const better = kebabOf(text);
    const fix = better === "" ? "" : `; did you mean \`${better}\`?`;
    throw new ScaffoldError(
      `\`${text}\` cannot be the name of a ${what}: expected lower-case words joined by \`-\`, such as \`row-too-old\`${fix}`,
    );
  }
  if (text.length > LONGEST) {
    throw new ScaffoldError(
      `the name of a ${what} has ${LONGEST} characters at most, and \`${text}\` has ${text.length}`,
    );
  }
  if (RESERVED.has(text)) {
    throw new ScaffoldError(
      `\`${text}\` is a word of JavaScript and cannot be the name of a ${what}; add a word that says more`,
    );
  }
  const pascal = text.replace(/(^|-)([a-z0-9])/g, (_whole, _dash, letter: string) => letter.toUpperCase());
  return { kebab: text, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) };
}

function kebabOf(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const joined = (words ?? []).join("-").replace(/^[0-9-]+/, "");
  return joined.length > LONGEST ? "" : joined;
}
