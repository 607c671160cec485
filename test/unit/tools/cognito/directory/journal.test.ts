import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DamagedDataError, Journal } from "../../../../../src/tools/cognito/directory/journal.ts";

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-journal-"));
  file = join(directory, "inner", "pool.jsonl");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

/** What a start finds in the file. */
const found = () => Object.fromEntries(new Journal(file).entries("users"));
const lines = () => readFileSync(file, "utf8").split("\n").length - 1;

test("a start finds what was put and not deleted, in the order of creation", () => {
  const journal = new Journal(file);
  journal.put("users", "a", { n: 1 });
  journal.put("users", "b", { n: 2 });
  journal.put("groups", "a", { n: 3 });
  journal.put("users", "a", { n: 4 });
  journal.put("users", "c", { n: "é\n" });
  journal.delete("users", "b");
  expect([...new Journal(file).entries("users")]).toEqual([
    ["a", { n: 4 }],
    ["c", { n: "é\n" }],
  ]);
  expect([...new Journal(file).entries("groups")]).toEqual([["a", { n: 3 }]]);
});

test("what is put is in the file when the call returns", () => {
  const journal = new Journal(file);
  journal.put("users", "a", 1);
  expect(readFileSync(file, "utf8")).toBe('{"c":"users","k":"a","v":1}\n');
  journal.delete("users", "nobody");
  expect(lines()).toBe(1);
});

test("only its owner may read the file", () => {
  new Journal(file).put("users", "a", 1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "inner")).mode & 0o777).toBe(0o700);
});

test("a line without its end is cut off, wherever the crash came, and the next one is written in its place", () => {
  new Journal(file).put("users", "a", "ä");
  const whole = readFileSync(file);
  const line = Buffer.from('{"c":"users","k":"b","v":"ö"}\n');
  for (let length = 0; length < line.length; length++) {
    writeFileSync(file, Buffer.concat([whole, line.subarray(0, length)]));
    const journal = new Journal(file);
    expect(Object.fromEntries(journal.entries("users"))).toEqual({ a: "ä" });
    expect(readFileSync(file)).toEqual(whole);
    journal.put("users", "c", 1);
    expect(found()).toEqual({ a: "ä", c: 1 });
  }
});

test.each([
  ["no JSON", '{"c":"users"'],
  ["no change", '{"c":"users"}'],
  ["an empty line", ""],
])("a damaged line with its end is an error with its place: %s", (_, damaged) => {
  new Journal(file).put("users", "a", 1);
  appendFileSync(file, `${damaged}\n{"c":"users","k":"b","v":1}\n`);
  const before = readFileSync(file);
  expect(() => new Journal(file)).toThrow(new DamagedDataError(`${file}:2 is not a record of the user pool`));
  expect(readFileSync(file)).toEqual(before);
});

test("a file that is not UTF-8 is an error, and stays as it is", () => {
  new Journal(file).put("users", "a", 1);
  appendFileSync(file, Buffer.from([0x22, 0xff, 0x22, 0x0a]));
  const before = readFileSync(file);
  expect(() => new Journal(file)).toThrow(DamagedDataError);
  expect(readFileSync(file)).toEqual(before);
});

test("a write that fails halfway changes nothing, in memory or in the file", () => {
  const journal = new Journal(file);
  journal.put("users", "a", 1);
  jest.spyOn(fs, "appendFileSync").mockImplementationOnce((path, data) => {
    const line = String(data);
    fs.writeFileSync(path, line.slice(0, line.length / 2), { flag: "a" });
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  });
  expect(() => journal.put("users", "b", 2)).toThrow("no space left");
  expect(Object.fromEntries(journal.entries("users"))).toEqual({ a: 1 });
  journal.put("users", "c", 3);
  expect(found()).toEqual({ a: 1, c: 3 });
});

test("a start rewrites the file where most of its lines are outdated, and loses nothing", () => {
  const journal = new Journal(file);
  for (let number = 0; number < 1_100; number++) journal.put("users", `u${number % 10}`, number);
  expect(lines()).toBe(1_100);
  const before = [...journal.entries("users")];
  const again = new Journal(file);
  expect(lines()).toBe(10);
  expect([...again.entries("users")]).toEqual(before);
  again.put("users", "new", 1);
  expect([...new Journal(file).entries("users")]).toEqual([...before, ["new", 1]]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a start leaves a file alone whose lines count", () => {
  const journal = new Journal(file);
  for (let number = 0; number < 1_100; number++) journal.put("users", `u${number}`, number);
  expect(Object.keys(found())).toHaveLength(1_100);
  expect(lines()).toBe(1_100);
});

test("a draft that a crash left behind is not read", () => {
  new Journal(file).put("users", "a", 1);
  writeFileSync(`${file}.new`, '{"c":"users","k":"a","v":2}\n{"c":"us');
  expect(found()).toEqual({ a: 1 });
});

test("names that objects have by themselves are ordinary keys", () => {
  const journal = new Journal(file);
  journal.put("users", "__proto__", 1);
  journal.put("constructor", "toString", 2);
  const again = new Journal(file);
  expect([...again.entries("users")]).toEqual([["__proto__", 1]]);
  expect([...again.entries("constructor")]).toEqual([["toString", 2]]);
});
