import { readFileSync } from "node:fs";
import { parseGroupsFile } from "../../../../src/tools/lint/groups-file.ts";

function findings(text: string): string[] {
  return parseGroupsFile("policies/groups.yaml", text).findings.map(
    ({ rule, file, line, column, message, fix }) => {
      expect([rule, file]).toEqual(["groups-file", "policies/groups.yaml"]);
      return `${line}:${column}: ${message}; ${fix}`;
    },
  );
}

const at = (line: number, column: number) => ({ file: "g", line, column });

describe("groups.yaml", () => {
  it("gives each group its settings, each with its place", () => {
    const text = `
finance:
  description: Reads reports
  precedence: 20
  iamRole:
    generate: { read: [reports/], signedIn: false }
support: { iamRole: SupportRole }
trainees:
`;
    expect(parseGroupsFile("g", text)).toEqual({
      findings: [],
      groups: [
        {
          name: "finance",
          ...at(2, 1),
          description: { ...at(3, 16), text: "Reads reports" },
          precedence: { ...at(4, 15), number: 20 },
          role: {
            kind: "generated",
            ...at(6, 5),
            read: [{ ...at(6, 24), text: "reports/" }],
            write: [],
            signedIn: false,
          },
        },
        {
          name: "support",
          ...at(7, 1),
          description: undefined,
          precedence: undefined,
          role: { kind: "named", ...at(7, 21), text: "SupportRole" },
        },
        { name: "trainees", ...at(8, 1), description: undefined, precedence: undefined, role: undefined },
      ],
    });
  });

  it("may begin with a byte order mark and have Windows line endings", () => {
    const text = "\uFEFF# groups\r\nfinance:\r\n  precedence: x\r\n";
    expect(findings(text)).toEqual([
      "3:15: expected a whole number, found a string; write it without quotes",
    ]);
    expect(parseGroupsFile("g", text).groups?.map(({ name }) => name)).toEqual(["finance"]);
    // The mark is no column, as in editors.
    expect(findings("\uFEFFa: { color: red }")[0]).toMatch(/^1:6: unknown property `color`/);
  });

  it.each(["", "# nothing yet\n"])("may say nothing: %j", (text) => {
    expect(parseGroupsFile("g", text)).toEqual({ groups: [], findings: [] });
  });

  it("takes names as they are, whatever YAML thinks of them", () => {
    const { groups } = parseGroupsFile("g", '1: {}\ntrue: {}\n"a: b": {}\n__proto__: {}\n');
    expect(groups?.map(({ name }) => name)).toEqual(["1", "true", "a: b", "__proto__"]);
  });

  it.each([
    ["[a]", "1:1: expected a map of group names to their settings, found a list; see docs/groups.md"],
    ["a: text", "1:4: expected `description`, `precedence`, `iamRole`, found a string; see docs/groups.md"],
    ["a: {precedance: 1}", "1:5: unknown property `precedance`; did you mean `precedence`?"],
    [
      "a: {colour: red}",
      "1:5: unknown property `colour`; a group has `description`, `precedence`, `iamRole`",
    ],
    ["a: {description: 2026}", "1:18: expected a string, found a number; put it in quotes"],
    ["a: {description: [x]}", "1:18: expected a string, found a list; put it in quotes"],
    [
      "a: {iamRole: 1}",
      "1:14: expected an ARN, the logical name of a role, or `generate:`, found a number; see docs/groups.md",
    ],
    [
      "a: {iamRole: {}}",
      "1:14: expected an ARN, the logical name of a role, or `generate:`, found a map; see docs/groups.md",
    ],
    ["a: {iamRole: {generat: {}}}", "1:15: unknown property `generat`; did you mean `generate`?"],
    [
      "a: {iamRole: {generate: {read: reports/}}}",
      "1:32: expected a list of strings, found a string; write `[PREFIX/, ...]`",
    ],
    ["a: {iamRole: {generate: {read: [1]}}}", "1:33: expected a string, found a number; put it in quotes"],
    [
      "a: {iamRole: {generate: {signedIn: no}}}",
      "1:36: expected `true` or `false`, found a string; see docs/groups.md",
    ],
    ["a: {}\nb: {}\na: {}", "3:1: duplicate key; remove one of the two"],
  ])("refuses %s", (text, finding) => {
    expect(findings(text)).toEqual([finding]);
  });

  it("that is not YAML has no groups at all, rather than some", () => {
    expect(parseGroupsFile("g", "a: {}\nb: [").groups).toBeUndefined();
  });

  it("of the sample is right", () => {
    expect(findings(readFileSync("policies/groups.yaml", "utf8"))).toEqual([]);
  });
});
