import { parseRows } from "../../../../src/policy/parse.ts";
import type { Row } from "../../../../src/policy/row.ts";
import {
  fieldAt,
  fieldRange,
  offsetAt,
  positionOf,
  rangeOfOffset,
  rowRange,
} from "../../../../src/tools/editor/positions.ts";

const [row] = parseRows("roles.csv", 'p, "role:a", orders:read, allow').rows as [Row];

describe("a position of the protocol", () => {
  it("counts from 0 where a finding counts from 1", () => {
    expect(positionOf({ line: 3, column: 5 })).toEqual({ line: 2, character: 4 });
  });

  it("counts UTF-16 code units, and neither a byte order mark nor a carriage return", () => {
    const text = "\uFEFFp, 😀x\r\nsecond\r\n";
    expect(rangeOfOffset(text, text.indexOf("x"), 1).start).toEqual({ line: 0, character: 5 });
    expect(offsetAt(text, { line: 0, character: 5 })).toBe(text.indexOf("x"));
  });

  it("is the end of the line where it is beyond it", () => {
    expect(offsetAt("one\ntwo\n", { line: 0, character: 99 })).toBe(3);
    expect(offsetAt("one\ntwo", { line: 9, character: 1 })).toBe(7);
  });

  it("is in a field up to the end of its last character, and in none between fields", () => {
    expect(fieldAt(row, { line: 0, character: 3 })).toBe(0);
    expect(fieldAt(row, { line: 0, character: 11 })).toBe(0);
    expect(fieldAt(row, { line: 0, character: 12 })).toBeUndefined();
    expect(fieldAt(row, { line: 0, character: 0 })).toBeUndefined();
  });

  it("spans a field with its quotes, and a row to its end", () => {
    expect(fieldRange(row, 0)).toEqual({ start: { line: 0, character: 3 }, end: { line: 0, character: 11 } });
    expect(rowRange(row).end).toEqual({ line: 0, character: row.text.length + 2 });
  });
});
