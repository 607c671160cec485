import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { directoryLinter } from "../../../../../src/tools/checking/lint-directory.ts";
import { fixDirectory } from "../../../../../src/tools/cli/check/fix-directory.ts";
import { fixFiles } from "../../../../../src/tools/lint/fixes/fix-files.ts";
import { MODEL } from "../../../../support/policy.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-fix-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const place = { directory, namedFrom: dirname(directory) };

const DENY = "p, role:trainee, orders:refund, deny";
const TEXT = `P, role:trainee, orders:refund, allow\n${DENY}\n`;

beforeEach(() => {
  writeFileSync(join(directory, "model.conf"), MODEL.text);
  writeFileSync(join(directory, "roles.csv"), TEXT);
});

const linter = () => directoryLinter(directory, undefined);

test("what was written is read again and linted, as it is on disk", () => {
  const { files, applied } = fixDirectory(place, linter(), linter);
  expect(applied.map(({ rule }) => rule)).toEqual(["unknown-row-type"]);
  expect(files.map(({ text }) => text)).toEqual([readFileSync(join(directory, "roles.csv"), "utf8")]);
  expect(files[0]?.text).toBe(TEXT.replace("P", "p"));
});

test.each([
  [
    "a row is missing on disk",
    "# nothing\n",
    /^the row `p, role:trainee, orders:refund, deny` of .*roles\.csv:2 was missing after `--fix`; the files are unchanged$/,
  ],
  [
    "there are more errors on disk",
    `${TEXT.replace("P", "p")}x\n`,
    /^the policy had (?:1 error|\d errors) more than expected after `--fix`/,
  ],
])("where %s, the files are put back", (_, onDisk, message) => {
  const spoiled = () => {
    writeFileSync(join(directory, "roles.csv"), onDisk);
    return linter();
  };
  expect(() => fixDirectory(place, linter(), spoiled)).toThrow(message);
  expect(readFileSync(join(directory, "roles.csv"), "utf8")).toBe(TEXT);
});

test("the last copy of a row stays, whatever a finding says of it", () => {
  const finding = { rule: "duplicate-row", file: "a.csv", line: 1, column: 1, message: "" };
  const files = [
    { path: "a.csv", text: `${DENY}\n` },
    { path: "b.csv", text: "g, group:trainees, role:trainee\n" },
  ];
  expect(fixFiles(files, () => [finding])).toEqual({ files, applied: [] });
  const copies = [{ path: "a.csv", text: `${DENY}\n${DENY}\n` }];
  const both = () => [finding, { ...finding, line: 2 }];
  expect(fixFiles(copies, both)).toEqual({ files: copies, applied: [] });
});
