import { newModelFromString, StringAdapter } from "casbin";
import fc from "fast-check";
import { quoteField, readCsv, rowText } from "../../src/policy/csv.ts";
import { parseRows } from "../../src/policy/parse.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

/** What stock casbin holds after reading the text with its own adapter: row type -> rows. */
async function stockRows(text: string): Promise<Record<string, string[][]>> {
  const model = newModelFromString(MODEL.text);
  if (text !== "") await new StringAdapter(text).loadPolicy(model);
  const rows = (section: string, type: string) => model.model.get(section)?.get(type)?.policy ?? [];
  return {
    p: rows("p", "p"),
    p2: rows("p", "p2"),
    g: rows("g", "g"),
    g2: rows("g", "g2"),
    g3: rows("g", "g3"),
    g4: rows("g", "g4"),
  };
}

const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,8}$/);
const groupName = fc.string({
  unit: fc.constantFrom(..."ab,\"'()[]{}|$&=:#/é-_."),
  minLength: 1,
  maxLength: 8,
});
const subject = fc.oneof(
  name.map((n) => `role:${n}`),
  groupName.map((n) => `group:${n}`),
);
const permission = fc.oneof(
  fc.constant("*"),
  name.map((n) => `${n}:*`),
  fc.tuple(name, name).map(([a, b]) => `${a}:${b}`),
);
const effect = fc.constantFrom("allow", "deny");
const fields = fc.oneof(
  fc.tuple(fc.constant("p"), subject, permission, effect),
  fc.tuple(fc.constant("p"), subject, permission, effect, fc.constantFrom("{a}=sub", "{a}!=x&{b}=y")),
  fc.tuple(
    fc.constant("g"),
    subject,
    name.map((n) => `role:${n}`),
  ),
  fc.tuple(fc.constant("g2"), fc.constantFrom("GET /a/{b}", "$default", "ANY /x/{y+}"), fc.constant("a:b")),
  fc.tuple(fc.constant("p2"), fc.constantFrom("*@example.com", "*", "a@b.example"), effect),
  fc.tuple(
    fc.constant("g3"),
    fc.constantFrom("*@example.com", "*"),
    groupName.map((n) => `group:${n}`),
  ),
  fc.tuple(
    fc.constant("g4"),
    groupName.map((value) => `CorpSAML/${value}`),
    groupName.map((n) => `group:${n}`),
  ),
);
const blank = fc.constantFrom("", " ", "  ", "\t");
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fields, blank, blank)
      .map(([row, before, after]) => row.map((f) => `${before}${quoteField(f)}${after}`).join(",")),
  },
  { weight: 1, arbitrary: fc.constantFrom("", "   ", "# comment", "  # p, role:a, x:y, allow", '# "') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'pg234,"() #a:\t'), maxLength: 20 }) },
);
const file = fc.tuple(
  fc.array(line, { maxLength: 8 }),
  fc.constantFrom("\n", "\r\n"),
  fc.constantFrom("", "\uFEFF"),
);

describe("a policy file", () => {
  it("that is accepted is read by stock casbin as the same rows", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(file, async ([lines, ending, mark]) => {
        const text = mark + lines.join(ending);
        const parsing = parseRows("policies/a.csv", text);
        if (parsing.findings.length > 0) return;
        accepted += parsing.rows.length;
        const ours: Record<string, string[][]> = { p: [], p2: [], g: [], g2: [], g3: [], g4: [] };
        for (const row of parsing.rows) ours[row.type]?.push([...row.fields]);
        expect(ours).toEqual(await stockRows(text));
      }),
      drawn(2000),
    );
    // The law says nothing if hardly anything is accepted.
    expect(accepted).toBeGreaterThan(partOf(500));
  });

  it("is not taken for a spreadsheet's where its rows are canonical, whatever its comments are", () => {
    const row = fields.map(([type, ...rest]) => rowText(type, rest));
    const remark = fc
      .tuple(fc.constantFrom("#", "  #", "\t#"), fc.string({ unit: fc.constantFrom(...'pg,，；;:"# \ta=') }))
      .map((parts) => parts.join(""));
    const lines = fc.array(fc.oneof(row, remark, fc.constantFrom("", " ")), { maxLength: 8 });
    fc.assert(
      fc.property(lines, (written) => {
        expect(readCsv("policies/a.csv", written.join("\n")).form).toBeUndefined();
      }),
      drawn(2000),
    );
  });

  it("loses no line: each one is a row, a finding, a comment or blank", () => {
    fc.assert(
      fc.property(file, ([lines, ending]) => {
        const { records, findings } = readCsv("policies/a.csv", lines.join(ending));
        const said = new Set([...records, ...findings].map((one) => one.line));
        lines.forEach((text, index) => {
          expect(said.has(index + 1)).toBe(!/^[ \t]*(#|$)/.test(text));
        });
      }),
    );
  });
});
