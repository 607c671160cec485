// Letters that most typefaces draw alike, of the two scripts that share most shapes with Latin. This is a selection
// from Unicode's confusables (UTS #39). A letter that it lacks causes a miss, never a false finding.
const CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ";
const CYRILLIC_AS = "ABESIJKMHOPCTYXaesijopcyxhdqw";
const GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορικ";
const GREEK_AS = "ABEZHIKMNOPTYXavopik";

const LATIN_OF = new Map(
  [...(CYRILLIC + GREEK)].map((letter, index) => [letter, [...(CYRILLIC_AS + GREEK_AS)][index] ?? letter]),
);

/** Two names with the same skeleton are easily confused. */
export function skeleton(name: string): string {
  return [...name.normalize("NFKC")]
    .map((letter) => LATIN_OF.get(letter) ?? letter)
    .join("")
    .toLowerCase()
    .replaceAll("_", "-");
}

/** How two names with the same skeleton differ, as words for a message. */
export function difference(a: string, b: string): string {
  if (a.toLowerCase() === b.toLowerCase()) return "in upper and lower case";
  const dashed = (name: string) => name.toLowerCase().replaceAll("_", "-");
  return dashed(a) === dashed(b) ? "in `-` and `_`" : "in characters that look alike";
}
