import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DataDirectory,
  formerPoolFiles,
  takeDataDirectory,
} from "../../../../src/tools/local/data-directory.ts";

let root: string;
let data: DataDirectory | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "claimgate-data-"));
});

afterEach(() => {
  data?.release();
  data = undefined;
  rmSync(root, { recursive: true, force: true });
});

function take(reset = false): DataDirectory {
  data?.release();
  data = takeDataDirectory(root, reset);
  return data;
}

test("the users of an older version are named and left alone, those of this one are not named", () => {
  const former = join(root, "cognito", "us-east-1_LocalPool.json");
  mkdirSync(join(root, "cognito"));
  writeFileSync(former, '{"Users":{"alice":{"Password":"Wonderland-2026"}}}');
  writeFileSync(join(root, "cognito", "user-pool.jsonl"), "");

  expect(formerPoolFiles(take())).toEqual([former]);
  expect(existsSync(former)).toBe(true);
});

test("a directory that was never used has nothing of an older version", () => {
  expect(formerPoolFiles(take())).toEqual([]);
});

test("a reset deletes the users of every version, and keeps the keys", () => {
  for (const directory of ["cognito", "keys"]) mkdirSync(join(root, directory));
  writeFileSync(join(root, "cognito", "us-east-1_LocalPool.json"), "{}");
  writeFileSync(join(root, "cognito", "user-pool.jsonl"), "");
  writeFileSync(join(root, "keys", "private.pem"), "key");

  expect(existsSync(take(true).pool)).toBe(false);
  expect(existsSync(join(root, "keys", "private.pem"))).toBe(true);
});

test("a directory that another process uses is refused, with what to do", () => {
  writeFileSync(join(root, "running.pid"), String(process.ppid));

  expect(() => take(true)).toThrow(/already running on .*; stop it, or choose another/);
});
