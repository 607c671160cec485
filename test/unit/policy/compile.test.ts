import { compilePolicy, textOf } from "../../../src/policy/compile.ts";
import { PolicyError } from "../../../src/policy/finding.ts";
import { MODEL } from "../../support/policy.ts";
import { thrownBy } from "../../support/thrown.ts";

const compile = (files: Record<string, string>) =>
  compilePolicy({
    model: MODEL,
    rows: Object.entries(files).map(([path, text]) => ({ path, text })),
  });

const findingsOf = (files: Record<string, string>) => {
  const error = thrownBy(() => compile(files));
  return error instanceof PolicyError ? error.findings : error;
};

describe("a compiled policy", () => {
  it("has its rows in canonical order, each with the number of its file and its line", () => {
    const compiled = compile({
      "b.csv": "p, role:b, x:y, allow, {id}=sub\n\np, role:a, x:y, deny",
      "empty.csv": "# nothing\n",
      "c.csv": 'g2, GET /x, x:y\ng, "group:a,b", role:a\n',
    });
    expect(compiled).toEqual({
      version: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      model: expect.not.stringMatching(/^#|^$/m) as string,
      files: ["b.csv", "c.csv"],
      rows: [
        ["g", 1, 2, "group:a,b", "role:a"],
        ["g2", 1, 1, "GET /x", "x:y"],
        ["p", 0, 3, "role:a", "x:y", "deny"],
        ["p", 0, 1, "role:b", "x:y", "allow", "{id}=sub"],
      ],
    });
    expect(compiled.rows.map(textOf)[0]).toBe('g, "group:a,b", role:a');
  });

  it("has a version of its rows, not of their spelling", () => {
    const version = (text: string) => compile({ "a.csv": text }).version;
    const one = version("p, role:a, x:y, allow");
    expect(version("# a\n p,role:a,x:y , allow")).toBe(one);
    expect(version("p, role:a, x:y, allow\np, role:b, x:y, allow")).not.toBe(one);
  });
});

const ROW = "p, role:a, x:y, allow";

describe("a policy that does not load", () => {
  it("has each later copy of a row as a finding that names the first", () => {
    const copy = { rule: "duplicate-row", column: 1, fix: "delete one of the two" };
    const message = `the row \`${ROW}\` is already at a.csv:2`;
    expect(findingsOf({ "b.csv": `${ROW}\n`, "a.csv": `\n${ROW}\n${ROW}\n` })).toEqual([
      { ...copy, file: "a.csv", line: 3, message },
      { ...copy, file: "b.csv", line: 1, message },
    ]);
  });

  it("has the public row of a route that belongs to a permission as a finding", () => {
    expect(
      findingsOf({
        "a.csv": `${ROW}\ng2, GET /x, x:y\ng2, GET /x, public\ng2, GET /y, public\ng2, GET /z, x:y`,
      }),
    ).toEqual([
      {
        rule: "public-and-guarded",
        file: "a.csv",
        line: 3,
        column: 1,
        message: "`GET /x` is public and also belongs to a permission",
        fix: "a public route has no authorizer: remove this row or the other rows of the route",
      },
    ]);
  });

  it("has a route as a finding that differs from an earlier one in names of parameters only", () => {
    const found = { rule: "ambiguous-route", fix: "use the spelling of a.csv:2 for both" };
    expect(
      findingsOf({
        "b.csv": "g2, GET /x/{c}/{d}, x:y",
        "a.csv": `${ROW}\ng2, GET /x/{second}/{first}, x:y\n g2,  GET /x/{first}/{second}, x:y\ng2, GET /x/{first}, x:y\ng2, GET /x/{first}/{b+}, x:y\ng2, PUT /x/{first}/{z}, x:y`,
      }),
    ).toEqual([
      {
        ...found,
        file: "a.csv",
        line: 3,
        column: 7,
        message:
          "`GET /x/{first}/{second}` differs from `GET /x/{second}/{first}` only in the name of a parameter",
      },
      {
        ...found,
        file: "b.csv",
        line: 1,
        column: 5,
        message: "`GET /x/{c}/{d}` differs from `GET /x/{second}/{first}` only in the name of a parameter",
      },
    ]);
  });

  it("has the missing of a `p` row as a finding of its first file, if nothing else is found", () => {
    const finding = {
      rule: "empty-policy",
      line: 1,
      column: 1,
      message: "the policy has no `p` row, so it would deny every request",
      fix: "check the path of the CSV files, or add a `p` row",
    };
    expect(findingsOf({ "b.csv": "g, group:a, role:a", "a.csv": "" })).toEqual([
      { ...finding, file: "b.csv" },
    ]);
    expect(findingsOf({})).toEqual([{ ...finding, file: MODEL.path }]);
    expect(findingsOf({ "a.csv": "g, group:a, role:a\ng" })).toMatchObject([{ rule: "too-few-columns" }]);
  });
});
