import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ScaffoldError } from "./name.ts";
import { filled, type Insertion, type Plan, type Words } from "./plan.ts";

/** What was written, and what is left to do. */
export interface Scaffolded {
  readonly written: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Carries out a plan in a checkout: all of it, or nothing.
 *
 * @param readTemplate the text of a file below templates/
 * @throws ScaffoldError where a file exists already, or one to be changed has not the place for it
 */
export function scaffold(
  root: string,
  plan: Plan,
  words: Words,
  readTemplate: (template: string) => string,
): Scaffolded {
  const there = plan.files.filter(({ path }) => existsSync(join(root, path)));
  if (there.length > 0) {
    const paths = there.map(({ path }) => `\`${path}\``).join(", ");
    throw new ScaffoldError(
      `nothing was written: ${paths} ${there.length === 1 ? "exists" : "exist"} already`,
    );
  }
  const changes = changesOf(root, plan.insertions);
  const files = plan.files.map(
    ({ path, template }) => [path, filled(readTemplate(template), words)] as const,
  );
  for (const [path, text] of [...files, ...changes]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { written: files.map(([path]) => path), changed: [...changes.keys()] };
}

/** The files that change -> their text with all insertions. */
function changesOf(root: string, insertions: readonly Insertion[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const insertion of insertions) {
    const { path } = insertion;
    texts.set(path, inserted(texts.get(path) ?? readFileSync(join(root, path), "utf8"), insertion));
  }
  return texts;
}

function inserted(text: string, { path, before, lines }: Insertion): string {
  const [head = "", tail, more] = text.split(before);
  if (tail === undefined || more !== undefined) {
    throw new ScaffoldError(
      `nothing was written: expected \`${before.trim()}\` once in \`${path}\`, where ${lines.length} lines go; ` +
        "add them by hand, or correct the plan in src/tools/scaffold",
    );
  }
  return `${head}${lines.join("\n")}\n${before}${tail}`;
}
