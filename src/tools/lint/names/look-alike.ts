// Letters that most typefaces draw alike, of the two scripts that share most shapes with Latin. A choice from
// Unicode's confusables (UTS #39), not all of them: what is left out is a miss, never a false finding.
const CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ";
const CYRILLIC_AS = "ABESIJKMHOPCTYXaesijopcyxhdqw";
const GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορικ";
const GREEK_AS = "ABEZHIKMNOPTYXavopik";

const LATIN_OF = new Map(
  [...(CYRILLIC + GREEK)].map((letter, index) => [letter, [...(CYRILLIC_AS + GREEK_AS)][index] ?? letter]),
);

/** Two names with the same skeleton are easily taken for each other. */
export function skeleton(name: string): string {
  return [...name.normalize("NFKC")]
    .map((letter) => LATIN_OF.get(letter) ?? letter)
    .join("")
    .toLowerCase()
    .replaceAll("_", "-");
}

/** In what two names with the same skeleton differ, as words for a message. */
export function difference(a: string, b: string): string {
  if (a.toLowerCase() === b.toLowerCase()) return "in upper and lower case";
  const dashed = (name: string) => name.toLowerCase().replaceAll("_", "-");
  return dashed(a) === dashed(b) ? "in `-` and `_`" : "in characters that look alike";
}
