import { offsetIn, placeIn } from "../../text/place.ts";
import { guardStrings } from "../names/code-names.ts";
import type { CompletionContext, Offer } from "./completion.ts";
import { OfferedNames } from "./offered-names.ts";

/** The permissions inside `requirePermission("`, and the tools inside `check(["`. */
export function completeCode({ file, index, service, line, column }: CompletionContext): Offer | undefined {
  const offset = offsetIn(file.text, line, column);
  const found = stringAt(file.text, offset);
  if (found === undefined) return undefined;
  const names = new OfferedNames(index, service);
  const items =
    found.kind === "permission"
      ? names.permissions()
      : names
          .routes()
          .filter(({ label }) => label.startsWith("Tool."))
          .map((one) => ({ ...one, label: one.label.slice("Tool.".length) }));
  const place = placeIn(file.text, found.offset + 1);
  return { items, ...place, end: place.column + found.text.length };
}

/** The string at the cursor, which may still lack its closing quote. */
function stringAt(text: string, offset: number) {
  const around = (source: string) =>
    guardStrings(source).find((one) => one.offset < offset && offset <= one.offset + 1 + one.text.length);
  const closed = around(text);
  // A string that spans the rest of a line is one that lacks its quote.
  if (closed !== undefined && !closed.text.includes("(")) return closed;
  for (const missing of ['"', "'", "`", '")', "')", "`)"]) {
    const one = around(`${text.slice(0, offset)}${missing}${text.slice(offset)}`);
    if (one !== undefined) return one;
  }
  return undefined;
}
