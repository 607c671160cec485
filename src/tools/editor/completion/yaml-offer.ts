import { placeIn } from "../../text/place.ts";
import type { Completion, Offer } from "./completion.ts";
import type { YamlContext } from "./yaml-context.ts";

/** Items for the string at a cursor, quoted where YAML needs it. */
export function yamlOffer(
  text: string,
  context: YamlContext,
  items: readonly Completion[],
  language: "yaml" | "json" = "yaml",
): Offer | undefined {
  if (items.length === 0) return undefined;
  const { line, column } = placeIn(text.replace(/^\uFEFF/, ""), context.start);
  return {
    line,
    column,
    end: column + context.end - context.start,
    items: items.map((one) => written(one, context, language)),
  };
}

function written(
  one: Completion,
  { wants, quote, inFlow, named }: YamlContext,
  language: "yaml" | "json",
): Completion {
  const { label } = one;
  const colon = wants === "name" && !named && quote === "" ? ": " : "";
  const inner = quote === "'" ? label.replaceAll("'", "''") : JSON.stringify(label).slice(1, -1);
  if (quote !== "") return { ...one, insert: inner };
  const isPlain = language === "yaml" && (inFlow ? PLAIN_IN_FLOW : PLAIN).test(label) && !/: | #/.test(label);
  return { ...one, insert: (isPlain ? label : JSON.stringify(label)) + colon };
}

const PLAIN_IN_FLOW = /^[\p{L}\p{N}_./$+=][^,[\]{}"'\\]*$/u;
const PLAIN = /^[\p{L}\p{N}_./$+=][^"'\\]*$/u;
