/** Names as people sort them: `item2` before `item10`. */
export const byName = new Intl.Collator("en", { numeric: true });

/** By path, then by method, so that related routes are adjacent. */
export function byPath(a: string, b: string): number {
  const key = (route: string) => {
    const space = route.indexOf(" ");
    return space < 0 ? route : `${route.slice(space + 1)} ${route.slice(0, space)}`;
  };
  return byName.compare(key(a), key(b));
}
