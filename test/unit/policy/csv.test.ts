import { quoteField, readCsv, rowText } from "../../../src/policy/csv.ts";

/** `text@column+length` of every field, line by line. */
const fieldsOf = (text: string) =>
  readCsv("a.csv", text).records.map(
    ({ line, fields }) =>
      `${line}: ${fields.map((field) => `${field.text}@${field.column}+${field.length}`).join(" ")}`,
  );

const foundIn = (text: string) =>
  readCsv("a.csv", text).findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`);

describe("the fields of a line", () => {
  it.each([
    ["p,a,b", "1: p@1+1 a@3+1 b@5+1"],
    [" \tp ,\ta b\t, b ", "1: p@3+1 a b@7+3 b@13+1"],
    ['"p" , "a, ""b""",c', '1: p@1+3 a, "b"@7+10 c@18+1'],
    ['p, ""', "1: p@1+1 @4+2"],
    ["p,", "1: p@1+1 @3+0"],
    [",p", "1: @1+0 p@2+1"],
    ["p,, ", "1: p@1+1 @3+0 @5+0"],
    ["p,a #b", "1: p@1+1 a #b@3+4"],
    ["p,(a)(b)", "1: p@1+1 (a)(b)@3+6"],
  ])("%j have their text, column and length", (text, fields) => {
    expect(fieldsOf(text)).toEqual([fields]);
    expect(foundIn(text)).toEqual([]);
  });

  it("have no line ending, byte order mark, blank line or comment among them", () => {
    expect(fieldsOf("\uFEFFp,a\r\n\r\n \t\n# c, d\r\n  # e\np,b\r\n")).toEqual([
      "1: p@1+1 a@3+1",
      "6: p@1+1 b@3+1",
    ]);
    expect(foundIn("p,a\n\uFEFFp,b")).toEqual(["2:1 invisible-character"]);
  });

  it("are separated by a tab where the rows are, so that an empty one counts", () => {
    const text = "p\ta\t\t b \t \ng\ta\tb\n";
    expect(fieldsOf(text)).toEqual(["1: p@1+1 a@3+1 @5+0 b@7+1", "2: g@1+1 a@3+1 b@5+1"]);
    expect(fieldsOf('p;"a;b" ;c\ng;a;b;')).toEqual(["1: p@1+1 a;b@3+5 c@10+1", "2: g@1+1 a@3+1 b@5+1"]);
    expect(fieldsOf('p\t"a\tb"\tc\ng\ta\tb')).toEqual(["2: g@1+1 a@3+1 b@5+1"]);
  });
});

describe("what casbin would read differently", () => {
  const QUOTE = "unbalanced-quote";
  it.each<[line: string, finding: [column: number, rule: string, message: string, fix: string]]>([
    ['p, "a, b', [4, QUOTE, "the opening quote has no closing quote on this line", 'close it with `"`']],
    [
      'p, a "b"',
      [
        6,
        QUOTE,
        "an unquoted field contains a quote",
        "quote the whole field and double each quote inside it",
      ],
    ],
    [
      'p, "a" \tb, c',
      [
        9,
        QUOTE,
        "something follows the closing quote of a field",
        "put a comma after the closing quote, or quote the whole field",
      ],
    ],
    [
      'p, " a"',
      [
        4,
        "blank-at-edge",
        "the quoted field begins or ends with a space, which casbin would trim",
        "remove the space inside the quotes",
      ],
    ],
    [
      'p, "a """" b"',
      [
        7,
        "doubled-quote",
        "the field contains two consecutive quotes, which casbin would read as one",
        "choose a name without doubled quotes",
      ],
    ],
    [
      "p, a) (b)",
      [
        5,
        "unbalanced-parenthesis",
        "the field has an unbalanced parenthesis, which makes casbin refuse the whole file",
        "balance it or choose a name without parentheses",
      ],
    ],
    [
      "# a\rb",
      [4, "line-ending", "a line contains a carriage return", "save the file with LF or CRLF line endings"],
    ],
    [
      "\rp",
      [1, "line-ending", "a line contains a carriage return", "save the file with LF or CRLF line endings"],
    ],
    [
      `p, ${"a".repeat(8_190)}`,
      [
        8_193,
        "line-too-long",
        "the line is longer than 8192 characters, the maximum of a row",
        "check that the file is CSV with one row per line",
      ],
    ],
  ])("%.40j is a finding with its fix, and no row", (line, [column, rule, message, fix]) => {
    const { records, findings } = readCsv("a.csv", `\n${line}\n`);
    expect(findings).toEqual([{ rule, file: "a.csv", line: 2, column, message, fix }]);
    expect(records).toEqual([]);
  });

  it.each([
    ["a\tb", 5, "U+0009"],
    ["\u200Ba", 4, "U+200B"],
    ["a\u2028b", 5, "U+2028"],
    ["a\u2029b", 5, "U+2029"],
    ["a b\u3000c", 7, "U+3000"],
    ["a\u{E0041}", 5, "U+E0041"],
  ])("%j is an invisible character, which the finding names", (text, column, name) => {
    expect(readCsv("a.csv", `p, ${text}, b`).findings).toEqual([
      {
        rule: "invisible-character",
        file: "a.csv",
        line: 1,
        column,
        message: `the field contains the invisible character ${name}`,
        fix: "delete it; only plain spaces are allowed between words",
      },
    ]);
  });

  it("is found in every field, and does not hide the other lines", () => {
    expect(foundIn('p, "a ", b(\np, c\np, "d')).toEqual([
      "1:4 blank-at-edge",
      "1:11 unbalanced-parenthesis",
      "3:4 unbalanced-quote",
    ]);
    expect(fieldsOf('p, "a ", b(\np, c\np, "d')).toEqual(["2: p@1+1 c@4+1"]);
  });

  it("is not a row of the greatest length, nor a longer comment", () => {
    const row = `p, ${"a".repeat(8_189)}`;
    expect(foundIn(`${row}\n# ${row}`)).toEqual([]);
    expect(fieldsOf(row)).toHaveLength(1);
  });

  it("is one finding for a file of a spreadsheet, which names each sign", () => {
    const { findings, form, records } = readCsv("a.csv", 'p, a\nsep\n,,\n"# a, b"\n');
    expect(form).toMatchObject({ separator: ",", padded: true });
    expect(records.map(({ line }) => line)).toEqual([1, 2]);
    expect(findings).toEqual([
      {
        rule: "spreadsheet-file",
        file: "a.csv",
        line: 3,
        column: 1,
        message: "the file has the format of a spreadsheet or an input method: lines of only commas",
        fix: "run `claimgate check --fix` to convert it to a policy file; see docs/policies.md, Spreadsheets",
      },
    ]);
    expect(readCsv("a.csv", "sep=;\np;a;\np;b;\n").findings[0]?.message).toContain(
      "method: a `sep=` line, semicolons between the columns, lines padded with separators",
    );
    expect(readCsv("a.csv", `${",".repeat(8_193)}\n`)).toMatchObject({
      form: undefined,
      findings: [{ rule: "line-too-long" }],
    });
  });
});

it.each([
  ["a", "a"],
  ["a b#", "a b#"],
  ["a,b", '"a,b"'],
  ['a"b"', '"a""b"""'],
])("the field %s is spelled %s", (text, spelled) => {
  expect(quoteField(text)).toBe(spelled);
  expect(rowText("g", [text, "b"])).toBe(`g, ${spelled}, b`);
});
