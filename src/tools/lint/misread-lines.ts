import type { PolicyFile } from "../../policy/compile.ts";
import type { Finding } from "../../policy/finding.ts";
import { linesOf } from "../text/place.ts";
import type { Problem } from "./rule.ts";

/** With this many lines that do not parse, no rule concludes anything from missing rows. */
const MANY = 100;

/**
 * Whether a problem about something missing may come from a line that does not parse; reporting it would report the
 * same mistake twice. This is possible if such a line contains one of the problem's names, or a wildcard.
 */
export function misreadLines(
  files: readonly PolicyFile[],
  misread: readonly Finding[],
): (problem: Pick<Problem, "names">) => boolean {
  // One finding of that kind covers many rows.
  if (misread.length > MANY || misread.some(({ rule }) => rule === "foreign-model")) return () => true;
  const texts = new Map(files.map(({ path, text }) => [path, linesOf(text)]));
  const lines = misread.map(({ file, line }) => texts.get(file)?.[line - 1]?.toLowerCase() ?? "*");
  if (lines.some((line) => line.includes("*"))) return () => true;
  return ({ names = [] }) => {
    // The mistake on the line may be the prefix of the name.
    const spelled = names.flatMap((name) => [name, name.slice(name.indexOf(":") + 1)]);
    return spelled.some((name) => lines.some((line) => mentions(line, name.toLowerCase())));
  };
}

/** Whether the line contains the name as a whole: `a` is not in `role:admin`. */
function mentions(line: string, name: string): boolean {
  if (name === "") return false;
  const isPart = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_-]/u.test(letter);
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (!isPart(line[at - 1]) && !isPart(line[at + name.length])) return true;
  }
  return false;
}
