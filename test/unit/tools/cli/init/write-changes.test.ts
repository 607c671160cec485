import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeChanges } from "../../../../../src/tools/cli/init/write-changes.ts";

const files = [
  { path: "policies/roles.csv", text: "# roles\n" },
  { path: "policies/tests/access.test.yaml", text: "suites: []\n" },
  { path: "claimgate/policy.json", text: "{}\n" },
];
const edits = [{ path: "serverless.yml", before: "service: a\n", after: "service: a\nplugins: []\n" }];
const HOW = { overwrite: false, dryRun: false };

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "claimgate-write-")), "my service");
  mkdirSync(folder);
  writeFileSync(join(folder, "serverless.yml"), "service: a\n");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(folder, path), "utf8");

function refusal(overwrite = false): string {
  try {
    writeChanges(folder, { files, edits }, { ...HOW, overwrite });
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("all files are written, and an edited file keeps its mode and its link", () => {
  writeFileSync(join(folder, "real.yml"), "service: a\n");
  chmodSync(join(folder, "real.yml"), 0o640);
  rmSync(join(folder, "serverless.yml"));
  symlinkSync("real.yml", join(folder, "serverless.yml"));
  writeChanges(folder, { files, edits }, HOW);
  for (const { path, text } of files) expect(read(path)).toBe(text);
  expect(lstatSync(join(folder, "serverless.yml")).isSymbolicLink()).toBe(true);
  expect(read("real.yml")).toBe("service: a\nplugins: []\n");
  expect(statSync(join(folder, "real.yml")).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(["claimgate", "policies", "real.yml", "serverless.yml"]);
});

test("nothing is left if one of the files cannot be written", () => {
  writeFileSync(join(folder, "claimgate"), "a file\n");
  expect(refusal()).toMatch(
    /^`claimgate\/policy\.json` cannot be written: a file has the name of a directory in the path \(\w+\); nothing was written$/,
  );
  expect(readdirSync(folder).sort()).toEqual(["claimgate", "serverless.yml"]);
  expect(read("serverless.yml")).toBe("service: a\n");
});

test("nothing is written if a file has changed since it was read", () => {
  writeFileSync(join(folder, "serverless.yml"), "service: b\n");
  expect(refusal()).toBe(
    "`serverless.yml` cannot be written: it has changed in the meantime; nothing was written",
  );
  expect(existsSync(join(folder, "policies"))).toBe(false);
  expect(read("serverless.yml")).toBe("service: b\n");
});

test("if a file cannot be put in its place, the message says what was written", () => {
  mkdirSync(join(folder, "claimgate/policy.json"), { recursive: true });
  expect(refusal(true)).toBe(
    "`claimgate/policy.json` cannot be written: it is a directory (EISDIR); only these were written: policies/roles.csv, policies/tests/access.test.yaml",
  );
  expect(readdirSync(join(folder, "claimgate"))).toEqual(["policy.json"]);
  expect(readdirSync(folder).sort()).toEqual(["claimgate", "policies", "serverless.yml"]);
  expect(read("serverless.yml")).toBe("service: a\n");
});
