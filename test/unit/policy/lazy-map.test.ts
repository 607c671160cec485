import { LazyMap } from "../../../src/policy/lazy-map.ts";

/** A map over `names`, and the keys whose values were built. */
function watched(names: readonly string[]) {
  const built: string[] = [];
  const map = new LazyMap(new Map(names.map((name) => [name, name.length])), (length, name) => {
    built.push(name);
    return { name, length };
  });
  return { map, built };
}

describe("a lazy map", () => {
  it("builds a value for the first question, and returns the same one afterwards", () => {
    const { map, built } = watched(["one", "three"]);
    expect(map.get("three")).toEqual({ name: "three", length: 5 });
    expect(map.get("three")).toBe(map.get("three"));
    expect(built).toEqual(["three"]);
  });

  it("knows its keys without building a value", () => {
    const { map, built } = watched(["one", "three"]);
    expect([map.size, map.has("one"), map.has("two"), ...map.keys()]).toEqual([
      2,
      true,
      false,
      "one",
      "three",
    ]);
    expect(map.get("two")).toBeUndefined();
    expect(built).toEqual([]);
  });

  it("has all values in the order of its keys, whatever was asked for first", () => {
    const { map, built } = watched(["one", "three", "four"]);
    const four = map.get("four");
    expect([...map].map(([key]) => key)).toEqual(["one", "three", "four"]);
    expect([...map.values()].map(({ length }) => length)).toEqual([3, 5, 4]);
    expect(new Map(map.entries()).get("four")).toBe(four);
    const visited: string[] = [];
    map.forEach(({ name }, key) => {
      visited.push(`${key} ${name}`);
    });
    expect(visited).toEqual(["one one", "three three", "four four"]);
    expect(built).toEqual(["four", "one", "three"]);
  });
});
