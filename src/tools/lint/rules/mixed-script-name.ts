import { byPlace } from "../../../policy/place.ts";
import { nameUses } from "../names/names.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** A word with letters from alphabets that are never mixed on purpose. */
export const mixedScriptName: Rule = {
  id: "mixed-script-name",
  category: "values",
  severity: "error",
  summary: "a word of a name mixes letters of several alphabets, e.g. Latin and Cyrillic",
  check,
};

/** Alphabets with letters that are easily confused. Japanese and Korean names mix scripts correctly. */
const ALPHABETS: readonly [name: string, letter: RegExp][] = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
];

/** Such names have one alphabet. */
const ASCII = /^[ -~]*$/;

function* check({ rows }: LintSubject): Iterable<Problem> {
  const seen = new Set<string>();
  const foreign = nameUses(rows).filter(({ shown }) => !ASCII.test(shown));
  for (const use of foreign.sort((a, b) => byPlace(a.place, b.place))) {
    if (seen.has(use.shown)) continue;
    seen.add(use.shown);
    const mixed = firstStranger(use.name);
    if (mixed === undefined) continue;
    yield {
      ...use.at(mixed.offset),
      message: `\`${use.shown}\` mixes ${mixed.alphabets}: \`${mixed.letter}\` is ${mixed.alphabet}`,
      fix: "retype the name in one alphabet",
    };
  }
}

interface Stranger {
  readonly offset: number;
  readonly letter: string;
  readonly alphabet: string;
  readonly alphabets: string;
}

/** The first letter, in the first word that mixes alphabets, of the alphabet with the fewest letters in it. */
function firstStranger(name: string): Stranger | undefined {
  for (const word of name.matchAll(/[\p{L}\p{M}]+/gu)) {
    const firsts = new Map<string, { offset: number; letter: string; count: number }>();
    let offset = word.index;
    for (const letter of word[0]) {
      const alphabet = ALPHABETS.find(([, pattern]) => pattern.test(letter))?.[0];
      if (alphabet !== undefined) {
        const first = firsts.get(alphabet);
        if (first === undefined) firsts.set(alphabet, { offset, letter, count: 1 });
        else first.count += 1;
      }
      offset += letter.length;
    }
    const [rarest, next] = [...firsts].sort(([, a], [, b]) => a.count - b.count);
    if (rarest === undefined || next === undefined) continue;
    const [alphabet, { offset: at, letter }] = rarest;
    return { offset: at, letter, alphabet, alphabets: [...firsts.keys()].join(" and ") };
  }
  return undefined;
}
