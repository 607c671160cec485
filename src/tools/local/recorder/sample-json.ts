/** The longest line of the files in `events/`, as the formatter keeps it. */
const WIDTH = 110;

/** A value as the files in `events/` are written. */
export function sampleJson(value: unknown): string {
  return `${written(value, "", 0)}\n`;
}

/** @param before the length of what is in front of it on its line, behind the indent */
function written(value: unknown, indent: string, before: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  if (isList && value.every(isScalar)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    if (indent.length + before + line.length <= WIDTH) return line;
  }
  const inner = `${indent}  `;
  const items = isList
    ? value.map((item: unknown) => inner + written(item, inner, 0))
    : Object.entries(value).map(([name, item]) => {
        const key = `${JSON.stringify(name)}: `;
        return inner + key + written(item, inner, key.length + 1);
      });
  const [open, close] = isList ? "[]" : "{}";
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.join(",\n")}\n${indent}${close}`;
}

const isScalar = (item: unknown) => typeof item !== "object" || item === null;
