import { counted } from "../../text/counted.ts";
import { code } from "../../text/markdown.ts";
import type { Chain } from "../view/row-facts.ts";

/** The number of lines of a list: a hover that scrolls is not read. */
const MOST_LINES = 6;

/** A heading and a list below it; undefined for an empty list. */
export function list(heading: string, lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined;
  const shown = lines.slice(0, MOST_LINES).map((line) => `- ${line}`);
  const left = lines.length - MOST_LINES;
  return [heading, "", ...shown, ...(left > 0 ? [`- and ${counted(left, "other")}`] : [])].join("\n");
}

/** Paragraphs, those that exist. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** Names as code, in one sentence. */
export function named(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map(code).join(", ");
  return names.length <= most ? shown : `${shown} and ${counted(names.length - most, "other")}`;
}

/** `group:support` → `role:support` */
export function chained(chain: Chain): string {
  return chain.map(code).join(" → ");
}
