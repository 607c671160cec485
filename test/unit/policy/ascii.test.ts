import { isNamed, lowerAscii } from "../../../src/policy/ascii.ts";

it("folds the letters of ASCII and no other", () => {
  expect(lowerAscii("ABC xyz")).toBe("abc xyz");
  expect(lowerAscii("\u212aÅİſ AZ")).toBe("\u212aÅİſ az");
});

it("takes a name in any case for the name, and a letter that Unicode folds to it for another", () => {
  expect(isNamed("Sec-WebSocket-Protocol", "sec-websocket-protocol")).toBe(true);
  expect(isNamed("Sec-WebSoc\u212aet-Protocol", "sec-websocket-protocol")).toBe(false);
  expect(isNamed("origins", "origin")).toBe(false);
  expect(isNamed("origim", "origin")).toBe(false);
});
