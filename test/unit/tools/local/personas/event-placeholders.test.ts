import { fillTokens } from "../../../../../src/tools/local/personas/event-placeholders.ts";
import { personaNamed } from "../../../../../src/tools/local/personas/personas.ts";
import { PERSONAS } from "../../../../support/authorization.ts";

describe("placeholders in sample events", () => {
  test("are replaced by the kind and name that they say, each", () => {
    const text = '{"a":"Bearer {{token:alice}}","b":"{{id-token:sam}} {{expired-token:ada}}"}';
    expect(fillTokens(text, (name, kind) => `<${kind} of ${name}>`)).toBe(
      '{"a":"Bearer <token of alice>","b":"<id-token of sam> <expired-token of ada>"}',
    );
  });

  test("that are equal become the same token: an event repeats its headers", () => {
    const tokens = ["token-1", "token-2", "token-3"];
    const mint = () => tokens.shift() ?? "";
    expect(fillTokens("{{token:a}} {{token:b}} {{token:a}} {{id-token:a}}", mint)).toBe(
      "token-1 token-2 token-1 token-3",
    );
  });

  test("leave other text alone, also what looks like a replacement pattern", () => {
    expect(fillTokens("{orderId} {{other:alice}} $& {{token:a}}", () => "$1$&")).toBe(
      "{orderId} {{other:alice}} $& $1$&",
    );
  });

  test("of unknown personas are refused with the known names", () => {
    expect(() => fillTokens("{{token:bob}}", (name) => personaNamed(PERSONAS, name).name)).toThrow(
      /no persona `bob`; there are alice/,
    );
  });
});
