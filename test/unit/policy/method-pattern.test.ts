import fc from "fast-check";
import { methodPatterns, overlap } from "../../../src/policy/method-pattern.ts";
import { drawn } from "../../support/drawn.ts";

const patterns = (route: string, ...others: string[]) => methodPatterns(route, new Set([route, ...others]));

describe("the patterns of a route", () => {
  it("have a wildcard for each parameter", () => {
    expect(patterns("PUT /orders/{orderId}/items/{itemId}")).toEqual(["PUT/orders/*/items/*"]);
    expect(patterns("POST /files/{proxy+}")).toEqual(["POST/files/*"]);
    expect(patterns("DELETE /")).toEqual(["DELETE/"]);
  });

  it("of `ANY` are one for each method that has no route of its own there", () => {
    expect(patterns("ANY /orders", "GET /orders", "DELETE /orders", "POST /other")).toEqual([
      "POST/orders",
      "PUT/orders",
      "PATCH/orders",
      "OPTIONS/orders",
    ]);
  });

  it("of `GET` have `HEAD` as well, unless it has a route of its own", () => {
    expect(patterns("GET /orders")).toEqual(["GET/orders", "HEAD/orders"]);
    expect(patterns("GET /orders", "ANY /orders")).toEqual(["GET/orders", "HEAD/orders"]);
    expect(patterns("GET /orders", "HEAD /orders")).toEqual(["GET/orders"]);
    expect(patterns("ANY /orders", "GET /orders", "HEAD /orders")).not.toContain("HEAD/orders");
  });

  it("refuse anything but a route of a REST API", () => {
    expect(() => patterns("$default")).toThrow("`$default` is not a route of a REST API");
  });
});

describe("two patterns", () => {
  it.each([
    ["GET/orders", "GET/orders", true],
    ["GET/orders/*", "GET/orders", false],
    ["GET/orders/*", "GET/orders/*/items", true],
    ["GET/orders/*", "GET/orders/export", true],
    ["GET/orders/*", "POST/orders/*", false],
    ["GET/orders/*/items", "GET/orders/*/notes", false],
    ["GET/orders/*/items", "GET/*", true],
    ["*", "", true],
    ["a*b", "*c", false],
  ])("`%s` and `%s`: overlap %s", (left, right, expected) => {
    expect(overlap(left, right)).toBe(expected);
    expect(overlap(right, left)).toBe(expected);
  });

  it("overlap exactly where some text matches both", () => {
    const texts = allTexts("ab", 6);
    const regexp = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", "[ab]*")}$`);
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 4 });
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const [ours, theirs] = [regexp(left), regexp(right)];
        expect(overlap(left, right)).toBe(texts.some((text) => ours.test(text) && theirs.test(text)));
      }),
      drawn(500),
    );
  });
});

/** All texts over the letters up to the length: long enough for two patterns of at most four characters. */
function allTexts(letters: string, longest: number): readonly string[] {
  let [last, all] = [[""], [""]];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => [...letters].map((letter) => text + letter));
    all = [...all, ...last];
  }
  return all;
}
