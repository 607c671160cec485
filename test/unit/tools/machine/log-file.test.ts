import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { LineSplitter } from "../../../../src/tools/machine/line-splitter.ts";
import { readLines } from "../../../../src/tools/machine/log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-log-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

async function linesOf(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const some of readLines(path)) lines.push(...some);
  return lines;
}

test("each character of a long line is looked at once, however many pieces it comes in", async () => {
  const line = "a line of text without an end ".repeat(2 ** 17);
  const path = join(folder, "one-line.gz");
  writeFileSync(path, gzipSync(line));
  let looked = 0;
  const split = String.prototype.split;
  jest.spyOn(String.prototype, "split").mockImplementation(function (this: string, ...args) {
    looked += this.length;
    return split.apply(this, args as unknown as Parameters<typeof split>);
  });
  expect(await linesOf(path)).toEqual([line]);
  expect(looked).toBe(line.length);
});

test("lines are the same whatever pieces they come in", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\n", "é") });
  fc.assert(
    fc.property(fc.array(text), (pieces) => {
      const splitter = new LineSplitter();
      const lines = pieces.flatMap((piece) => splitter.take(piece));
      expect([...lines, splitter.end()]).toEqual(pieces.join("").split("\n"));
    }),
  );
});

test("a line without an end is refused before it takes the memory of the machine", () => {
  const splitter = new LineSplitter();
  const piece = "x".repeat(2 ** 20);
  expect(() => {
    for (let count = 0; count < 300; count += 1) splitter.take(piece);
  }).toThrow("a line is longer than 256 MiB");
});
