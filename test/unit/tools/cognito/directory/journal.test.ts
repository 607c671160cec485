import { generateKeyPairSync } from "node:crypto";
import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DamagedDataError, Journal } from "../../../../../src/tools/cognito/directory/journal.ts";
import { createKeyPair } from "../../../../../src/tools/cognito/tokens/signing.ts";

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
const found = () => Object.fromEntries(new Journal(file).entries("things"));
const lines = () => readFileSync(file, "utf8").split("\n").length - 1;

test("a start finds what was put and not deleted, in the order of creation", () => {
  const journal = new Journal(file);
  journal.put("things", "a", { n: 1 });
  journal.put("things", "b", { n: 2 });
  journal.put("others", "a", { n: 3 });
  journal.put("things", "a", { n: 4 });
  journal.put("things", "c", { n: "é\n" });
  journal.delete("things", "b");
  expect([...new Journal(file).entries("things")]).toEqual([
    ["a", { n: 4 }],
    ["c", { n: "é\n" }],
  ]);
  expect([...new Journal(file).entries("others")]).toEqual([["a", { n: 3 }]]);
});

test("what is put is in the file when the call returns", () => {
  const journal = new Journal(file);
  journal.put("things", "a", 1);
  expect(readFileSync(file, "utf8")).toBe('{"c":"things","k":"a","v":1}\n');
  journal.delete("things", "nobody");
  expect(lines()).toBe(1);
});

test("only its owner may read the file", () => {
  new Journal(file).put("things", "a", 1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "inner")).mode & 0o777).toBe(0o700);
});

test("a line without its end is cut off, wherever the crash came, and the next one is written in its place", () => {
  new Journal(file).put("things", "a", "ä");
  const whole = readFileSync(file);
  const line = Buffer.from('{"c":"things","k":"b","v":"ö"}\n');
  for (let length = 0; length < line.length; length++) {
    writeFileSync(file, Buffer.concat([whole, line.subarray(0, length)]));
    const journal = new Journal(file);
    expect(Object.fromEntries(journal.entries("things"))).toEqual({ a: "ä" });
    expect(readFileSync(file)).toEqual(whole);
    journal.put("things", "c", 1);
    expect(found()).toEqual({ a: "ä", c: 1 });
  }
});

test.each([
  ["no JSON", '{"c":"things"'],
  ["no change", '{"c":"things"}'],
  ["an empty line", ""],
])("a damaged line with its end is an error with its place: %s", (_, damaged) => {
  new Journal(file).put("things", "a", 1);
  appendFileSync(file, `${damaged}\n{"c":"things","k":"b","v":1}\n`);
  const before = readFileSync(file);
  expect(() => new Journal(file)).toThrow(new DamagedDataError(`${file}:2 is not a record of the user pool`));
  expect(readFileSync(file)).toEqual(before);
});

const USER = {
  username: "a",
  attributes: { sub: "s", email: "a@example.com" },
  enabled: true,
  status: "CONFIRMED",
  codes: {},
  mfa: { enabled: [] },
  groups: [],
  identities: [],
  createdAt: 1,
  modifiedAt: 1,
};

const SIGN_IN = {
  id: "a",
  username: "u",
  clientId: "c",
  authTime: 1,
  scopes: ["openid"],
  refreshTokens: [{ hash: "h" }],
  expiresAt: 2,
  ended: false,
};

const { kid, privateKey } = createKeyPair("k");
const KEY = { kid, pem: privateKey.export({ type: "pkcs8", format: "pem" }) };
const EC_PEM = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
  type: "pkcs8",
  format: "pem",
});

test.each<[string, string, unknown]>([
  ["its `attributes` is missing", "users", { ...USER, attributes: undefined }],
  ["its `attributes` is damaged", "users", { ...USER, attributes: { sub: 1 } }],
  ["its `enabled` is damaged", "users", { ...USER, enabled: "yes" }],
  ["its `mfa` is damaged", "users", { ...USER, mfa: {} }],
  ["its `password` is damaged", "users", { ...USER, password: "secret" }],
  ["its `codes` is damaged", "users", { ...USER, codes: { email: { code: 1 } } }],
  ["its `username` is not that of its key", "users", { ...USER, username: "b" }],
  ["it is not a map", "users", [USER]],
  ["its `createdAt` is missing", "groups", { name: "a", modifiedAt: 1 }],
  ["its `refreshTokens` is damaged", "sign-ins", { ...SIGN_IN, refreshTokens: ["h"] }],
  ["its `id` is damaged", "keys", { access: KEY, id: { kid, pem: "damaged" } }],
  ["its `access` is damaged", "keys", { access: { kid, pem: EC_PEM }, id: KEY }],
])(
  "a record of a user pool with another shape is an error with its place: %s",
  (fault, collection, record) => {
    const journal = new Journal(file);
    journal.put("users", "a", USER);
    journal.put("sign-ins", "a", SIGN_IN);
    journal.put("keys", "a", { access: KEY, id: KEY });
    journal.put(collection, "a", record);
    const what = `the record \`a\` of \`${collection}\` is not one of a user pool`;
    expect(() => new Journal(file)).toThrow(new DamagedDataError(`${file}:4: ${what}: ${fault}`));
  },
);

test("a directory in place of the file, and a file in place of its directory, are errors that say so", () => {
  expect(thrownBy(directory)).toEqual([
    "DamagedDataError",
    `${directory} is a directory; expected the file of the user pool`,
  ]);
  writeFileSync(join(directory, "inner"), "");
  expect(thrownBy(file)).toEqual([
    "DamagedDataError",
    `${join(directory, "inner")} cannot be created, since a file is in its place; expected the directory of the user pool`,
  ]);
});

function thrownBy(path: string): readonly string[] {
  try {
    new Journal(path);
    return [];
  } catch (error) {
    return error instanceof Error ? [error.name, error.message] : [];
  }
}

test("a file that is not UTF-8 is an error, and stays as it is", () => {
  new Journal(file).put("things", "a", 1);
  appendFileSync(file, Buffer.from([0x22, 0xff, 0x22, 0x0a]));
  const before = readFileSync(file);
  expect(() => new Journal(file)).toThrow(DamagedDataError);
  expect(readFileSync(file)).toEqual(before);
});

test("a write that fails halfway changes nothing, in memory or in the file", () => {
  const journal = new Journal(file);
  journal.put("things", "a", 1);
  jest.spyOn(fs, "appendFileSync").mockImplementationOnce((path, data) => {
    const line = String(data);
    fs.writeFileSync(path, line.slice(0, line.length / 2), { flag: "a" });
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  });
  expect(() => journal.put("things", "b", 2)).toThrow("no space left");
  expect(Object.fromEntries(journal.entries("things"))).toEqual({ a: 1 });
  journal.put("things", "c", 3);
  expect(found()).toEqual({ a: 1, c: 3 });
});

test("a start rewrites the file where most of its lines are outdated, and loses nothing", () => {
  const journal = new Journal(file);
  for (let number = 0; number < 1_100; number++) journal.put("things", `u${number % 10}`, number);
  expect(lines()).toBe(1_100);
  const before = [...journal.entries("things")];
  const again = new Journal(file);
  expect(lines()).toBe(10);
  expect([...again.entries("things")]).toEqual(before);
  again.put("things", "new", 1);
  expect([...new Journal(file).entries("things")]).toEqual([...before, ["new", 1]]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a start leaves a file alone whose lines count", () => {
  const journal = new Journal(file);
  for (let number = 0; number < 1_100; number++) journal.put("things", `u${number}`, number);
  expect(Object.keys(found())).toHaveLength(1_100);
  expect(lines()).toBe(1_100);
});

test("a draft that a crash left behind is not read", () => {
  new Journal(file).put("things", "a", 1);
  writeFileSync(`${file}.new`, '{"c":"things","k":"a","v":2}\n{"c":"us');
  expect(found()).toEqual({ a: 1 });
});

test("names that objects have by themselves are ordinary keys", () => {
  const journal = new Journal(file);
  journal.put("things", "__proto__", 1);
  journal.put("constructor", "toString", 2);
  const again = new Journal(file);
  expect([...again.entries("things")]).toEqual([["__proto__", 1]]);
  expect([...again.entries("constructor")]).toEqual([["toString", 2]]);
});
