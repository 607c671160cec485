import fc from "fast-check";
import { shownAddress, shownPath } from "../../../../../src/tools/local/calls/shown-names.ts";
import { printable } from "../../../../../src/tools/text/printable.ts";

const STEERING = /[\p{C}\p{Zl}\p{Zp}]/u;

test("no control character from outside reaches the terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(text)).not.toMatch(STEERING);
      expect(shownPath(text)).not.toMatch(STEERING);
      expect(shownAddress(text)).not.toMatch(STEERING);
    }),
  );
  expect(printable("a\u001b[31mred\u202e\u009bx\n")).toBe("a\\u001b[31mred\\u202e\\u009bx\\u000a");
});

test("a long path is cut between characters, not inside one", () => {
  const shown = shownPath(`/abc${"/\u{1f4e6}".repeat(40)}`);
  expect(shown).not.toMatch(STEERING);
  expect([...shown]).toHaveLength(63);
});

test("an address in a reserved domain is shown by its name; any other is masked", () => {
  expect(shownAddress("alice@example.com")).toBe("alice");
  expect(shownAddress("sam@support.example.com")).toBe("sam");
  expect(shownAddress("ann@audit.example")).toBe("ann");
  expect(shownAddress("carl.smith@gmail.com")).toBe("c***@g***");
  expect(shownAddress("carl@notexample.com")).toBe("c***@n***");
});

test("a path has short ids, and no token and no address in it", () => {
  const token = `eyJraWQiOiJ4In0.${"a".repeat(80)}.${"b".repeat(80)}`;
  expect(shownPath("/orders/9f4c1d2e-3c1d-4e8f-9a7b-0c1d2e3f4a5b/refund")).toBe("/orders/9f4c.../refund");
  expect(shownPath(`/orders/${token}`)).toBe("/orders/[long]");
  expect(shownPath("/orders/eyJhbGciOiJub25lIn0.e30.")).toBe("/orders/[long]");
  expect(shownPath("/users/carl@gmail.com/orders")).toBe("/users/[address]/orders");
  expect(shownPath("/users/carl%40gmail.com/orders")).toBe("/users/[address]/orders");
  expect(shownPath(`/${"a/".repeat(100)}`)).toHaveLength(63);
});
