import type { DirectoryForm } from "./directory-providers.ts";

/** What directories assign: a UUID, or what Okta calls a group id. It holds no comma, bracket, quote or space. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export type DirectoryValues =
  | { readonly values: readonly string[] }
  /** Why the attribute counts for nothing. */
  | { readonly problem: "not_json" | "not_ids" | "several_values" };

/**
 * The values in a directory attribute. All of them or none: an element that does not fit shows that the attribute is
 * written in another form, where its parts may be anything.
 */
export function directoryValues(text: string, form: DirectoryForm): DirectoryValues {
  switch (form) {
    case "json": {
      const values = jsonTexts(text);
      return values === undefined ? { problem: "not_json" } : { values };
    }
    case "ids": {
      const values = jsonTexts(text) ?? bracketed(text) ?? [text];
      return values.every((value) => ID.test(value)) ? { values } : { problem: "not_ids" };
    }
    case "one":
      // A list where one value was promised.
      return text.startsWith("[") ? { problem: "several_values" } : { values: [text] };
  }
}

function jsonTexts(text: string): readonly string[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(parsed) && parsed.every((value) => typeof value === "string") ? parsed : undefined;
}

/** `[a, b]` and `[a,b]`: both have been seen. */
function bracketed(text: string): readonly string[] | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  const inner = text.slice(1, -1).trim();
  return inner === "" ? [] : inner.split(",").map((value) => value.trim());
}
