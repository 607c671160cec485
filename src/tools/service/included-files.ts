import { posix } from "node:path";

/** More files are not followed. */
const MOST_FILES = 200;

/**
 * The files that serverless.yml includes with `${file(...)}`, wherever it does, and those that they include: name ->
 * text. Names are relative to the service, as the framework resolves them in every file. A name with a variable, a
 * program, and a file outside the service are left out.
 *
 * @param read the text of a file; undefined if it cannot be read
 */
export function includedFiles(
  serviceText: string,
  read: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const texts = [serviceText];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const name of namesIn(text)) {
      const included = found.has(name) || found.size >= MOST_FILES ? undefined : read(name);
      if (included === undefined) continue;
      found.set(name, included);
      texts.push(included);
    }
  }
  return found;
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{file\(([^(){}$]+)\)/g)]
    .map(([, name = ""]) => posix.normalize(name.trim()))
    .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.startsWith("../") && !posix.isAbsolute(name));
}
