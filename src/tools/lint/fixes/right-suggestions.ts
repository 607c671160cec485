import type { PolicyFile } from "../../../policy/compile.ts";
import { type Edit, type Finding, type Suggestion, withSuggestions } from "../../../policy/finding.ts";
import { groupBy } from "../../../policy/group-by.ts";
import { LOADER_RULES } from "../loader-rules.ts";

/** How many rows may be linted again to try out suggestions: about a second. Later suggestions are dropped. */
const MOST_ROWS = 100_000;

/** Lints changed files, in steps. */
export type Relint = (edits: readonly Edit[]) => Generator<undefined, readonly Finding[]>;

/**
 * The findings, with only those suggestions that are right: applying one removes the finding and adds none. Where a
 * line did not parse, new findings of its row do not count, unless another suggestion has none.
 *
 * @param rows how many rows there are: the cost of each attempt
 * @param names the names in the policy; a suggestion with a known name is likelier
 */
export function* withRightSuggestions<T extends Finding>(
  findings: readonly T[],
  relint: Relint,
  rows: number,
  names: ReadonlySet<string>,
): Generator<undefined, readonly T[]> {
  let left = Math.max(1, Math.floor(MOST_ROWS / Math.max(1, rows)));
  const before = countsOf(findings);
  const judged: T[] = [];
  for (const finding of findings) {
    const { suggestions = [] } = finding;
    const tried: (readonly [Rightness, Suggestion])[] = [];
    for (const one of suggestions) {
      left -= 1;
      const found = left < 0 ? "wrong" : rightness(finding, before, countsOf(yield* relint(one.edits)));
      tried.push([found, one]);
    }
    judged.push(suggestions.length === 0 ? finding : withSuggestions(finding, likeliest(tried, names)));
  }
  return judged;
}

function likeliest(
  tried: readonly (readonly [Rightness, Suggestion])[],
  names: ReadonlySet<string>,
): readonly Suggestion[] {
  const of = (wanted: Rightness) => tried.flatMap(([found, one]) => (found === wanted ? [one] : []));
  const right = of("right").length > 0 ? of("right") : of("row_has_more");
  const known = right.filter(({ meant }) => names.has(meant));
  return known.length > 0 ? known : right;
}

type Rightness = "right" | "row_has_more" | "wrong";

function rightness(finding: Finding, before: Counts, after: Counts): Rightness {
  const own = keyOf(finding);
  if ((after.get(own)?.count ?? 0) >= (before.get(own)?.count ?? 0)) return "wrong";
  const added = [...after].filter(([key, { count }]) => count > (before.get(key)?.count ?? 0));
  if (added.length === 0) return "right";
  const ofItsRow = ({ rule, file, line }: Finding) =>
    file === finding.file && line === finding.line && !isLoaderRule(rule);
  return isLoaderRule(finding.rule) && added.every(([, one]) => ofItsRow(one.finding))
    ? "row_has_more"
    : "wrong";
}

const LOADER_NAMES = new Set(LOADER_RULES.map(({ id }) => id));
const isLoaderRule = (rule: string) => LOADER_NAMES.has(rule);

type Counts = ReadonlyMap<string, { readonly finding: Finding; readonly count: number }>;

/** Columns move and messages change when names do; lines do not. */
const keyOf = ({ rule, file, line }: Finding) => `${rule} ${line} ${file}`;

function countsOf(findings: readonly Finding[]): Counts {
  const counts = new Map<string, { finding: Finding; count: number }>();
  for (const finding of findings) {
    const known = counts.get(keyOf(finding));
    if (known === undefined) counts.set(keyOf(finding), { finding, count: 1 });
    else known.count += 1;
  }
  return counts;
}

/** The file after its own edits. @throws never: an edit beyond the end of a line appends to it */
export function edited(file: PolicyFile, edits: readonly Edit[]): PolicyFile {
  const byLine = groupBy(
    edits.filter((edit) => edit.file === file.path),
    ({ line }) => line,
  );
  if (byLine.size === 0) return file;
  const mark = file.text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const lines = file.text.slice(mark.length).split("\n");
  for (const [line, own] of byLine) lines[line - 1] = editedLine(lines[line - 1] ?? "", own);
  return { ...file, text: mark + lines.join("\n") };
}

function editedLine(line: string, edits: readonly Edit[]): string {
  const fromTheEnd = [...edits].sort((a, b) => b.column - a.column);
  return fromTheEnd.reduce(
    (text, { column, length, text: inserted }) =>
      text.slice(0, column - 1) + inserted + text.slice(column - 1 + length),
    line,
  );
}
