import { block, flow } from "../text/yaml-nodes.ts";

/** What a file of the service gets: an entry of a map, or an event, which is an item of a list. */
export interface WantedLines {
  readonly name: string;
  readonly value: unknown;
  readonly isEvent?: true;
}

/** The language of a file that is not YAML, by its name. */
export function languageOf(path: string): "TypeScript" | "JavaScript" | "JSON" | undefined {
  if (/\.[cm]?ts$/i.test(path)) return "TypeScript";
  if (/\.[cm]?js$/i.test(path)) return "JavaScript";
  return /\.json$/i.test(path) ? "JSON" : undefined;
}

/** The lines to write by hand, in the language of the file. */
export function linesFor(path: string, { name, value, isEvent = undefined }: WantedLines): readonly string[] {
  const language = languageOf(path);
  if (language === undefined) {
    const [item] = [value].flat();
    const text = isEvent
      ? `- ${name}: ${flow(value)}`
      : name === "Schema"
        ? `Schema:\n  - ${flow(item)}`
        : block(name, value);
    return text.split("\n");
  }
  const json = JSON.stringify({ [name]: value }, undefined, 2);
  const text = language === "JSON" ? json : json.replace(/^( *)"([A-Za-z_$][\w$]*)":/gm, "$1$2:");
  if (isEvent) return text.split("\n");
  const inner = text.split("\n").slice(1, -1);
  return inner.map((line, index) => line.slice(2) + (index === inner.length - 1 ? "," : ""));
}
