import { parseLintConfiguration } from "../../../../src/tools/registry/switches.ts";

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

  it("gives the rules that are off for one authorizer, where they judge authorizers", () => {
    const text = '{ "off": { "cache-left-to-default": { "pool": "another team owns it", "x": "no" } } }';
    const { switchedOff, switchedOffFor } = parseLintConfiguration("policies/lint.json", text);
    expect([...switchedOff]).toEqual([]);
    expect([...(switchedOffFor.get("cache-left-to-default") ?? [])]).toEqual([
      ["pool", "another team owns it"],
    ]);
    expect(problems(text)).toEqual([
      "1:76: the reason for switching off `cache-left-to-default` of `x` is missing or too short; explain in at least 3 words why it does not apply here",
    ]);
    expect(problems('{ "off": { "user-row": { "pool": "another team owns it" } } }')).toEqual([
      expect.stringContaining("the reason for switching off `user-row` is missing"),
    ]);
  });

  it.each(["", "{}", ' { "off" : { } } '])("may be empty: %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['{ "off": { "user-rwo": "one two three" } }', "1:12: unknown rule `user-rwo`; did you mean `user-row`?"],
    ['{ "off": { "x": "one two three" } }', "1:12: unknown rule `x`; see docs/rules/ for the list of rules"],
    [
      '{ "off": {\n  "effect": "one two three" } }',
      "2:3: `effect` cannot be switched off: a policy with this error does not load; see docs/rules/effect.md",
    ],
    [
      '{ "off": { "user-row": " too   short " } }',
      "1:24: the reason for switching off `user-row` is missing or too short; explain in at least 3 words why it does not apply here",
    ],
    [
      '{ "off": { "user-row": true } }',
      "1:24: the reason for switching off `user-row` is missing or too short; explain in at least 3 words why it does not apply here",
    ],
    [
      '{ "off": { "user-row": "one two three", "user-row": "one two three" } }',
      "1:41: duplicate key; remove one of the two",
    ],
    [
      '{ "rules": [1, -2.5e3, null, {"a": []}] }',
      '1:3: unknown property `rules`; the only property is `off`: write `{ "off": { "RULE": "REASON" } }`',
    ],
    [
      '{\n  "user-row": "one two three" }',
      '2:3: unknown property `user-row`; put the rule below `off`: write `{ "off": { "user-row": "REASON" } }`',
    ],
    ['{ "Off": {} }', "1:3: unknown property `Off`; did you mean `off`?"],
    [
      '{ "of": {} }',
      '1:3: unknown property `of`; the only property is `off`: write `{ "off": { "RULE": "REASON" } }`',
    ],
    [
      '{ "off": ["user-row"] }',
      '1:10: expected a reason for each rule, found a list; write `{ "off": { "RULE": "REASON" } }`',
    ],
    ['"off"', '1:1: expected `off`, found a string; write `{ "off": { "RULE": "REASON" } }`'],
  ])("%s", (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([
    ["{", "1:2: the file is not valid JSON"],
    ['{ "off": {} } x', "1:15: the file is not valid JSON"],
    ['{\n  "off": {\n    "user-row" "x"', "3:16: the file is not valid JSON"],
    ['{ "off": "\\x" }', "1:11: the file is not valid JSON"],
    ["// why\n{}", "1:1: expected `off`, found a string"],
  ])("is JSON as YAML has it, or says where it stops being that: %s", (text, problem) => {
    expect(problems(text)).toEqual([expect.stringMatching(`^${problem}`)]);
  });

  it("has comments and commas as YAML has them", () => {
    const text = '{ # for now\n  "off": { "user-row": "one two three", },\n}';
    expect([...parseLintConfiguration("policies/lint.json", text).switchedOff.keys()]).toEqual(["user-row"]);
  });
});
