/** Deeper than any call, and far from what overflows a stack. */
const DEEPEST = 64;

/** A value that is parsed once, with all of its parts frozen; or why it is refused, as a clause. */
export type StrictJson = { readonly value: unknown } | { readonly problem: string };

/**
 * Parses JSON that only one reading has: without duplicate names, of which readers take the first or the last, and
 * without `__proto__`, which some copy into a prototype. The value is frozen, so that it stays what was decided on.
 */
export function strictJson(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "it is not JSON" };
  }
  const members = freeze(value);
  if (typeof members === "string") return { problem: members };
  return members === membersIn(text) ? { value } : { problem: "an object has a duplicate name" };
}

/** The number of members in a valid JSON text: of the strings that a colon follows. */
function membersIn(text: string): number {
  let members = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) members += 1;
  return members;
}

/** Freezes every part; returns the number of members, or a problem. Without recursion, which a deep text would end. */
function freeze(root: unknown): number | string {
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let members = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > DEEPEST) return `it is nested deeper than ${DEEPEST} levels`;
    if (Object.hasOwn(value, "__proto__")) return "an object has the name `__proto__`";
    const inner: unknown[] = Object.values(value);
    if (!Array.isArray(value)) members += inner.length;
    for (const one of inner) pending.push({ value: one, depth: depth + 1 });
    Object.freeze(value);
  }
  return members;
}
