import { parseLintConfiguration } from "../../../../src/tools/lint/configuration.ts";

/** What is wrong, as `line:column: message; fix`. */
function problems(text: string): string[] {
  return parseLintConfiguration("policies/lint.json", text).findings.map(
    ({ line, column, message, fix }) => `${line}:${column}: ${message}; ${fix}`,
  );
}

describe("policies/lint.json", () => {
  it("gives the rules that are off, with their reasons", () => {
    const text =
      '\uFEFF{\r\n  "off": { "user-row": "the break-glass user is everywhere", "needless\\u002dquotes": "a spreadsheet writes them" }\r\n}\n';
    const { switchedOff, findings } = parseLintConfiguration("policies/lint.json", text);
    expect(findings).toEqual([]);
    expect([...switchedOff]).toEqual([
      ["user-row", "the break-glass user is everywhere"],
      ["needless-quotes", "a spreadsheet writes them"],
    ]);
  });

  it.each(["{}", ' { "off" : { } } '])("may be empty: %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['{ "off": { "user-rwo": "one two three" } }', "1:12: unknown rule `user-rwo`; did you mean `user-row`?"],
    ['{ "off": { "x": "one two three" } }', "1:12: unknown rule `x`; the rules are listed in docs/rules/"],
    [
      '{ "off": {\n  "effect": "one two three" } }',
      "2:3: `effect` cannot be switched off: a policy with this mistake does not load; see docs/rules/effect.md",
    ],
    [
      '{ "off": { "user-row": " too   short " } }',
      "1:24: the reason for switching off `user-row` is missing or too short; say in 3 words or more why it does not apply here",
    ],
    [
      '{ "off": { "user-row": true } }',
      "1:24: the reason for switching off `user-row` is missing or too short; say in 3 words or more why it does not apply here",
    ],
    [
      '{ "off": { "user-row": "one two three", "user-row": "one two three" } }',
      "1:41: `user-row` is switched off twice; keep one of the two reasons",
    ],
    [
      '{ "rules": [1, -2.5e3, null, {"a": []}] }',
      "1:3: unknown property `rules`; the only property is `off`",
    ],
    ['{ "off": ["user-row"] }', '1:10: expected an object; write `{ "off": { "RULE": "REASON" } }`'],
    ['"off"', '1:1: expected an object; write `{ "off": { "RULE": "REASON" } }`'],
  ])("%s", (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([
    ["", "1:1"],
    ["{", "1:2"],
    ['{ "off": {}, }', "1:14"],
    ['{ "off": {} } x', "1:15"],
    ["{ off: {} }", "1:3"],
    ['{\n  "off": {\n    "user-row" "x"', "3:16"],
    ['{ "off": 01 }', "1:10"],
    ['{ "off": "\u0001" }', "1:10"],
    ['{ "off": "\\x" }', "1:10"],
    ["// why\n{}", "1:1"],
    [`${"[".repeat(10_000)}`, "1:101"],
  ])("is JSON: %s", (text, place) => {
    expect(problems(text)).toEqual([
      `${place}: the file stops being JSON here; expected \`{ "off": { "RULE": "REASON" } }\``,
    ]);
  });
});
