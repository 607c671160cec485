/**
 * The one candidate that the string clearly misspells. Undefined if there is none, or two at the same distance: a wrong
 * name in an access policy is worse than no suggestion.
 *
 * Compared part by part (`orders:read`, `GET /orders/{orderId}`), so that `GET` is never a misspelled `PUT`, nor `read`
 * a misspelled `edit`. Ignores case but not digits, since `team7` is not a misspelled `team8`.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  let tied = false;
  for (const candidate of new Set(candidates)) {
    const distance = misspellings(text, candidate);
    if (distance === undefined || distance > bestDistance) continue;
    tied = distance === bestDistance;
    best = candidate;
    bestDistance = distance;
  }
  return tied ? undefined : best;
}

/** The number of mistyped letters, if one string can be a misspelling of the other. */
function misspellings(text: string, meant: string): number | undefined {
  const [a, b] = [text.toLowerCase(), meant.toLowerCase()];
  const [parts, others] = [partsOf(a), partsOf(b)];
  if (parts.length !== others.length) return wordMisspellings(a, b);
  let sum = 0;
  for (const [index, part] of parts.entries()) {
    const distance = partMisspellings(part, others[index] ?? "");
    if (distance === undefined) return undefined;
    sum += distance;
  }
  return sum <= mostIn(a) ? sum : undefined;
}

const partsOf = (text: string) => text.split(/[\s:/.]/);

/** Parameter names are arbitrary: another name is one difference. */
function partMisspellings(a: string, b: string): number | undefined {
  const isParameter = (part: string) => /^\{[^}]+\}$/.test(part);
  if (isParameter(a) && isParameter(b)) return a === b ? 0 : 1;
  return wordMisspellings(a, b);
}

function wordMisspellings(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > mostIn(a) || digitsOf(a) !== digitsOf(b)) return undefined;
  if (!beginAlike(a, b)) return undefined;
  const distance = editDistance(a, b);
  return distance <= mostIn(a) ? distance : undefined;
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** The number of letters that can be mistyped before a word is another word. */
function mostIn({ length }: string): number {
  if (length < 3) return 0;
  if (length < 6) return 1;
  return length < 10 ? 2 : 3;
}

/** A mistyped first letter is left out, doubled or swapped, hardly ever replaced. */
function beginAlike(a: string, b: string): boolean {
  if (a[0] === b[0]) return true;
  return a === b.slice(1) || a.slice(1) === b || (a[0] === b[1] && a[1] === b[0]);
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one string into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? (before[column - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, swapped, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
