import { parseRows } from "../../../src/policy/parse.ts";
import {
  isNoRow,
  restoredComment,
  type SpreadsheetForm,
  spreadsheetForm,
  withAsciiPunctuation,
  withoutPadding,
} from "../../../src/policy/spreadsheet.ts";

const NAMED = "a `sep=` line";
const SEMICOLONS = "semicolons between the columns";
const TABS = "tabs between the columns";
const FULL_WIDTH = "full-width punctuation";

describe("the dialect of a file", () => {
  const rows = ["p;role:a;x:y;allow", "g;group:a;role:a"];

  it.each<[what: string, lines: string[], form: SpreadsheetForm]>([
    [
      "semicolons below a comment and a blank line",
      ["# a", "", ...rows],
      { separator: ";", padded: false, signs: [SEMICOLONS], line: 3 },
    ],
    ["tabs", ["p\ta\tb", "g\ta\tb"], { separator: "\t", padded: false, signs: [TABS], line: 1 }],
    ["as many semicolons as tabs", ["p\ta", "g\ta", ...rows], { ...plain(";", SEMICOLONS), line: 3 }],
    ["more tabs than semicolons", ["p\ta", "g\ta", "g\tb", ...rows], plain("\t", TABS)],
    [
      "a named separator, and the rows that have it",
      ["sep=;", ...rows],
      { separator: ";", padded: false, signs: [NAMED, SEMICOLONS], line: 1 },
    ],
    ["one row is enough with a named separator", ["sep=;", "p;a"], plain(";", NAMED, SEMICOLONS)],
    ["one row with tabs too", ["sep=\t", "p\ta"], plain("\t", NAMED, TABS)],
    ["a separator that no row has", ["sep=;", "p,a"], plain(",", NAMED)],
    ["a separator above nothing", ["sep=;"], plain(",", NAMED)],
    ["a name in upper case, quoted and padded", [' "SEP=;";;', "p;a"], plain(";", NAMED, SEMICOLONS)],
    ["full-width commas", ["p, a, b", "p，a，b"], { ...plain(",", FULL_WIDTH), line: 2 }],
    ["full-width commas after the first column", ["p,a，b，c"], plain(",", FULL_WIDTH)],
    ["a full-width semicolon after the first column", ["p,a；b；c"], plain(",", FULL_WIDTH)],
    ["full-width semicolons in one row", ["p；a；b"], plain(",", FULL_WIDTH)],
    ["full-width semicolons", ["p；a；b", "g；a；b"], plain(";", FULL_WIDTH)],
    ["a full-width colon after a prefix", [" P , role：a, x:y, allow"], plain(",", FULL_WIDTH)],
    ["a line of only commas", ["p, a", ",,,"], { ...padded(",", "lines of only commas"), line: 2 }],
    ["a line of only commas and blanks", [" , ,"], padded(",", "lines of only commas")],
    ["padded lines with a number sign", ["g,#a,b,", "g,#b,c,"], padded(",", "lines padded with commas")],
    ["a row type alone above a sign", ["p", "p，a"], { ...plain(",", FULL_WIDTH), line: 2 }],
    ["a full-width colon without a blank before it", ["p,role：a, x:y"], plain(",", FULL_WIDTH)],
    ["a line of only quoted nothing", ['"",""'], padded(",", "lines of only commas")],
    ["a line of only semicolons", [...rows, ";;"], padded(";", SEMICOLONS, "lines of only separators")],
    ["two padded lines", ["g,a,b,", "g,b,c, , "], padded(",", "lines padded with commas")],
    [
      "two padded lines with semicolons",
      ["# a", "g;a;b;", "g;b;c;"],
      { ...padded(";", SEMICOLONS, "lines padded with separators"), line: 2 },
    ],
    ["one padded line beside another sign", ["sep=;", "g;a;b;"], padded(";", NAMED, SEMICOLONS)],
  ])("%s", (_what, lines, form) => {
    expect(spreadsheetForm(lines)).toEqual(form);
  });

  it.each([
    ["nothing", []],
    ["a policy file", ["# a", "", "p, role:a, x:y, allow", "g, group:a, role:a"]],
    ["one row with semicolons", ["p;role:a;x:y;allow"]],
    ["one row with tabs", ["p\ta\tb"]],
    ["as many rows with commas as with semicolons", [...rows, "p,a", "g,a"]],
    ["as many rows with commas as with tabs", ["p\ta", "g\ta", "p,a", "g,a"]],
    ["tabs before the commas", ["p\t,a,b", "g\t;a;b"]],
    ["one comma too many", ["g,a,b,", "g,a,b"]],
    ["comments that end with commas", ["# a,", "  # b,,", "  # c,"]],
    ["comments with full-width punctuation", ["# p，a", " #，"]],
    ["a group's name with full-width punctuation", ["g, group:a；b，c, role:a"]],
    ["words that begin like a row", ["policy;a", "graph;a", "g4;a"]],
    ["a row type within a line", ["x p;a", "x g;a", "x p，a"]],
    ["a separator that nothing has", ["sep=|"]],
    ["a line that begins with another word", ["xsep=;"]],
    ["a line that ends with another word", ["sep=;x"]],
    ["a named separator below the first line", ["p, a", "sep=;"]],
    ["rows with spaces", ["p a b", "g a b"]],
    ["a full-width colon in a later column", ["p, a, role：b, c"]],
    ["a quoted comment", ['"# a, b"']],
  ])("is that of a policy file for %s", (_what, lines) => {
    expect(spreadsheetForm(lines)).toBeUndefined();
  });

  it.each(["p", "P", "g", "p2", "g2", "g3", ' "g3" '])("is seen in rows of the type `%s` alone", (type) => {
    expect(spreadsheetForm([`${type};a;b`, `${type};c;d`])).toMatchObject({ separator: ";" });
    expect(spreadsheetForm([`${type}\ta\tb`, `${type}\tc\td`])).toMatchObject({ separator: "\t" });
  });

  it.each(["p", "P", "g", "p2", "g2", "g3"])(
    "is seen in the punctuation of a row of the type `%s`",
    (type) => {
      expect(spreadsheetForm([`${type}，a，b`])).toEqual(plain(",", FULL_WIDTH));
    },
  );

  function plain(separator: SpreadsheetForm["separator"], ...signs: string[]): SpreadsheetForm {
    return { separator, padded: false, signs, line: 1 };
  }

  function padded(separator: SpreadsheetForm["separator"], ...signs: string[]): SpreadsheetForm {
    return { ...plain(separator, ...signs), padded: true };
  }
});

it.each([
  ["routes with semicolons", "g2;GET /a;x:y\ng2;GET /b;x:y\n"],
  ["routes with tabs", "g2\tGET /a\tx:y\ng2\tGET /b\tx:y\n"],
  ["addresses with semicolons", "p2;*@example.com;allow\np2;*@example.org;allow\n"],
  ["full-width semicolons", "p；role：a；x:y；allow\ng；group:a；role:a\n"],
])("a file of %s has one finding, and its rows are read", (_what, text) => {
  const { findings, rows } = parseRows("a.csv", text);
  expect(findings.map(({ rule }) => rule)).toEqual(["spreadsheet-file"]);
  expect(rows).toHaveLength(2);
});

describe("the ASCII punctuation of a line", () => {
  it.each([
    ["p，role：a，x：y，allow", "p,role:a,x:y,allow"],
    ["p；role：a；x：*；allow", "p;role:a;x:*;allow"],
    ["p，group：管理，x:y，allow", "p,group:管理,x:y,allow"],
    ["P，USER：管理，x:y", "P,USER:管理,x:y"],
    ["p；group：管理；x:y；allow", "p;group:管理;x:y;allow"],
    ["p，role：a，x2：y2，allow", "p,role:a,x2:y2,allow"],
    ["p，group:管x：理", "p,group:管x：理"],
    ["p，group:管：理，x:y，allow", "p,group:管：理,x:y,allow"],
    ["p, group:a；b，c, x:y, allow", "p, group:a；b，c, x:y, allow"],
    ["# p，role：a", "# p，role：a"],
  ])("%s is %s", (line, ascii) => {
    expect(withAsciiPunctuation(line)).toBe(ascii);
  });
});

const FORM = { separator: ";", padded: true, signs: [], line: 1 } as const;

describe("a line of such a file", () => {
  it.each(["sep=,", ";;", '"";""', "# a", '"# a"', '  "# a'])("`%s` is not a row", (line) => {
    expect(isNoRow(line, FORM)).toBe(true);
  });

  it.each(["p;a", ",,", "", "x # a", '""'])("`%s` may be one", (line) => {
    expect(isNoRow(line, FORM)).toBe(false);
  });

  it("is read without the fields that pad it", () => {
    const fields = (...texts: string[]) => texts.map((text) => ({ text }));
    expect(withoutPadding(fields("p", "", "a", "", ""))).toEqual(fields("p", "", "a"));
    expect(withoutPadding(fields("p"))).toEqual(fields("p"));
    expect(withoutPadding(fields("", ""))).toEqual([]);
  });
});

describe("the comment before a spreadsheet split it", () => {
  it.each([
    ["# a;;", "# a"],
    ["# a; b;c;;", "# a, b, c"],
    ['"# a ""b""; c";;', '# a "b"; c'],
    [' "# a" ;', "# a"],
    ['# a "b"', '# a "b"'],
    ['"# a" b', '"# a" b'],
    [";; ;", ""],
    ['"";""', ""],
    ["sep=;", undefined],
  ])("%s is %s", (line, comment) => {
    expect(restoredComment(line, FORM)).toBe(comment);
  });

  it("keeps its separators at the end where no line is padded", () => {
    expect(restoredComment("# a,b,", { ...FORM, separator: ",", padded: false })).toBe("# a,b,");
    expect(restoredComment("# a,b,", { ...FORM, separator: "," })).toBe("# a,b");
  });
});
