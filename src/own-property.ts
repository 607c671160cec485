/** The own property of that name; undefined if there is none. An inherited property is never data. */
export function own<V>(values: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** The own property of that name if it is a string. */
export function ownText(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = own(values, name);
  return typeof value === "string" ? value : undefined;
}
