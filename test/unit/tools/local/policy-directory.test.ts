import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Policy } from "../../../../src/policy/policy.ts";
import { keepAtStart, keepLastGood, loadEdited } from "../../../../src/tools/local/last-good-policy.ts";
import { currentPolicy } from "../../../../src/tools/local/policy-directory.ts";

type PolicyDirectory = typeof import("../../../../src/tools/local/policy-directory.ts");

const directory = join(mkdtempSync(join(tmpdir(), "claimgate-directory-")), "policies");
const file = join(directory, "roles.csv");
const model = join(directory, "model.conf");
const before = process.env["CLAIMGATE_POLICIES"];
let lines: string[];

beforeAll(() => {
  cpSync("policies", directory, { recursive: true, preserveTimestamps: true });
  process.env["CLAIMGATE_POLICIES"] = directory;
});

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});

afterEach(() => jest.restoreAllMocks());

afterAll(() => {
  if (before === undefined) delete process.env["CLAIMGATE_POLICIES"];
  else process.env["CLAIMGATE_POLICIES"] = before;
  rmSync(join(directory, ".."), { recursive: true, force: true });
});

let minutes = 30;

/** Saves a file as if it had been some minutes ago, each time a different one: what is just now may be half written. */
function save(text: string, path = file): void {
  writeFileSync(path, text);
  minutes -= 1;
  const time = new Date(Date.now() - minutes * 60_000);
  utimesSync(path, time, time);
}

test("the policy follows the files, and an invalid edit leaves the last good one in force", () => {
  const original = readFileSync(file, "utf8");
  const first = currentPolicy();
  expect(currentPolicy()).toBe(first);

  save(original.replace("p, role:customer, orders:create, allow\n", ""));
  const second = currentPolicy();
  expect(second.version).not.toBe(first.version);
  expect(lines.join("")).toContain("policy-reloaded");

  save(original.replace("orders:create, allow", "orders:create, Allow"));
  expect(currentPolicy()).toBe(second);
  expect(currentPolicy()).toBe(second);
  expect(lines.filter((line) => line.includes("policy-refused")).length).toBe(1);
  expect(lines.join("")).toContain("roles.csv:11:34: the effect is `Allow`");

  save(original.replace("role:customer, orders:create", "role:custmer, orders:create"));
  expect(currentPolicy()).toBe(second);
  expect(lines.join("")).toContain("did you mean `role:customer`?");

  save("[matchers]\nm = true\n", model);
  expect(currentPolicy()).toBe(second);
  expect(lines.join("")).toContain("model.conf is not the model of this version");
  // The model of this version applies.
  rmSync(model);

  save(original);
  expect(currentPolicy().version).toBe(first.version);
});

test("an error in groups.yaml keeps an edit out until it is fixed", () => {
  const original = readFileSync(file, "utf8");
  const groups = join(directory, "groups.yaml");
  const settings = readFileSync(groups, "utf8");
  const first = currentPolicy();

  save(settings.replace("precedence: 20", "precedence: high"), groups);
  save(original.replace("p, role:customer, orders:create, allow\n", ""));
  expect(currentPolicy()).toBe(first);
  expect(lines.join("")).toContain("expected a whole number, found a string");

  save(settings, groups);
  expect(currentPolicy().version).not.toBe(first.version);

  save(original);
  expect(currentPolicy().version).toBe(first.version);
});

test("a file that is being written is not read until it has settled", () => {
  const settled = currentPolicy();
  writeFileSync(file, "");
  expect(currentPolicy()).toBe(settled);
});

describe("a function that starts while the policy is invalid", () => {
  const kept = join(directory, "..", "last-good-policy.json");
  const original = readFileSync("policies/roles.csv", "utf8");
  const broken = original.replace("orders:create, allow", "orders:create, Allow");

  /** A thread of its own, which has loaded nothing yet. */
  function started(): () => Policy {
    let current: (() => Policy) | undefined;
    jest.isolateModules(() => {
      current = (jest.requireActual("../../../../src/tools/local/policy-directory.ts") as PolicyDirectory)
        .currentPolicy;
    });
    return current ?? currentPolicy;
  }

  beforeEach(() => {
    process.env["CLAIMGATE_LOCAL_POLICY"] = kept;
    save(original);
    keepAtStart(kept, directory);
  });

  afterAll(() => {
    delete process.env["CLAIMGATE_LOCAL_POLICY"];
    save(original);
  });

  test("decides by the last good policy, and says why the edit is refused", () => {
    const good = loadEdited(directory).policy.version;
    save(broken);
    const current = started();
    expect(current().version).toBe(good);
    expect(current().version).toBe(good);
    const refusals = lines.filter((line) => line.includes("policy-refused"));
    expect(refusals).toEqual([expect.stringContaining("roles.csv:11:34: the effect is `Allow`")]);

    save(original.replace("p, role:customer, orders:create, allow\n", ""));
    expect(current().version).not.toBe(good);
  });

  test("takes an edit that was accepted after the start as the last good one", () => {
    save(original.replace("p, role:customer, orders:create, allow\n", ""));
    const edited = loadEdited(directory);
    keepLastGood(kept, edited);
    save(broken);
    expect(started()().version).toBe(edited.policy.version);
  });

  test("fails where none was good since the stack started, whatever an earlier run kept", () => {
    save(broken);
    keepAtStart(kept, directory);
    expect(started()).toThrow(/roles\.csv:11:34: the effect is/);
  });
});
