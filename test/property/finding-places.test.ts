import fc from "fast-check";
import { quoteField } from "../../src/policy/csv.ts";
import { lint } from "../../src/tools/lint/lint.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";

const SUBJECTS = [
  "role:clerk",
  'group:a"b',
  "group:x,y",
  "Role:clerk",
  "clerk",
  "group:аdmin",
  'group:"a" b',
];
const PERMISSIONS = ["orders:read", "orders:*", "orders", "orders:reаd", "/orders", "orders:read # why"];
const EFFECTS = ["allow", "deny", "Allow", "yes", "al\u00ADlow"];
const CONDITIONS = ["{id}=sub", "{id} = sub", "{id}=sub&{no}=roles", "{id}=sub&x", "{id}!=email,{id}=sub"];
const ROUTES = ["GET /orders/{id}", "get /orders", "GET /a/:id", "GET /a//b", "GET /a/{id}/{id}", "/a,b"];
const DIRECTORY_VALUES = ["Corp/a", 'Corp/"a" b', "Corp/ a", "Corp/[a, b]", "Corp", "Co rp/a"];
const PATTERNS = ["*@example.com", "example.com", '*@"x".com', "a(b@example.com"];

const row = fc.oneof(
  fc.tuple(...[["p"], SUBJECTS, PERMISSIONS, EFFECTS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["p"], SUBJECTS, PERMISSIONS, EFFECTS, CONDITIONS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["g"], SUBJECTS, SUBJECTS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["g2"], ROUTES, PERMISSIONS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["p2"], PATTERNS, EFFECTS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["g3"], PATTERNS, SUBJECTS].map((texts) => fc.constantFrom(...texts))),
  fc.tuple(...[["g4"], DIRECTORY_VALUES, SUBJECTS].map((texts) => fc.constantFrom(...texts))),
);

interface Written {
  readonly text: string;
  /** `line:column` -> the field, and the character of its text, that is there. */
  readonly characters: ReadonlyMap<string, string>;
}

/** Writes the rows, and where each character of each field then is. */
function written(
  rows: readonly (readonly string[])[],
  isQuoted: (row: number, field: number) => boolean,
): Written {
  const characters = new Map<string, string>();
  const lines = rows.map((fields, line) =>
    fields.reduce((before, text, field) => {
      const start = field === 0 ? before : `${before}, `;
      const quote = isQuoted(line, field) || quoteField(text) !== text;
      let spelled = quote ? `${start}"` : start;
      [...text].forEach((character, index) => {
        characters.set(`${line + 1}:${spelled.length + 1}`, `character ${index} of field ${field}`);
        spelled += quote && character === '"' ? '""' : character;
      });
      return quote ? `${spelled}"` : spelled;
    }, ""),
  );
  return { text: lines.join("\n"), characters };
}

/** The findings with the characters that they are at. */
function findingsOf({ text, characters }: Written): readonly string[] {
  const options = { service: undefined, switchedOff: new Map<string, string>(), withoutSuggestions: true };
  const { findings } = lint({ model: MODEL, rows: [{ path: "a.csv", text }] }, options);
  return findings
    .filter(({ rule }) => rule !== "needless-quotes")
    .map(
      ({ rule, line, column, message }) =>
        `${line} ${rule} ${message}: ${characters.get(`${line}:${column}`)}`,
    )
    .sort();
}

describe("a finding", () => {
  it("is at the first character of what it names, in whatever quotes the fields of the row are", () => {
    let found = 0;
    const quoted = fc.func(fc.boolean());
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), quoted, (rows, isQuoted) => {
        const plain = findingsOf(written(rows, () => false));
        found += plain.length;
        expect(plain.filter((one) => one.endsWith("undefined"))).toEqual([]);
        expect(findingsOf(written(rows, (line, field) => field > 0 && isQuoted(line, field)))).toEqual(plain);
      }),
      drawn(1000),
    );
    expect(found).toBeGreaterThan(partOf(2000));
  });
});
