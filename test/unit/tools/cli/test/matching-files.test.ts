import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { matchingFiles } from "../../../../../src/tools/cli/test/matching-files.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-matching-"));
const TESTS = "policies/tests";

function save(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), "");
  }
}

beforeEach(() =>
  save(`${TESTS}/a.test.yaml`, `${TESTS}/orders/b.test.yaml`, `${TESTS}/orders/old/c.test.yaml`),
);
afterEach(() => rmSync(join(directory, "policies"), { recursive: true, force: true }));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const matching = (pattern: string) => matchingFiles(directory, pattern);
const found = (pattern: string) => {
  expect(matching(pattern).refused).toEqual([]);
  return matching(pattern).files.map((file) => file.slice(TESTS.length + 1));
};

const ALL = ["a.test.yaml", "orders/b.test.yaml", "orders/old/c.test.yaml"];

describe("the tests that a pattern means", () => {
  it.each([
    [TESTS, ALL],
    ["policies", ALL],
    [`./${TESTS}/`, ALL],
    [`${TESTS}/**`, ALL],
    ["**", ALL],
    ["**/*.test.yaml", ALL],
    [`${TESTS}/**/*.test.yaml`, ALL],
    [`${TESTS}/*.test.yaml`, ["a.test.yaml"]],
    [`${TESTS}/*/?.test.yaml`, ["orders/b.test.yaml"]],
    [`${TESTS}/or*/**`, ["orders/b.test.yaml", "orders/old/c.test.yaml"]],
    [`${TESTS}/orders/old`, ["orders/old/c.test.yaml"]],
    [`./${TESTS}/orders/../a.test.yaml`, ["a.test.yaml"]],
    [`${TESTS}/none*`, []],
    [`${TESTS}/none`, []],
    ["none/**", []],
    [`${TESTS}/a.test.yam*x`, []],
  ])("%s", (pattern, expected) => {
    expect(found(pattern)).toEqual(expected);
  });

  it("include each file once, whatever its names are", () => {
    symlinkSync("orders", join(directory, TESTS, "again"));
    symlinkSync("a.test.yaml", join(directory, TESTS, "0.test.yaml"));
    expect(found(TESTS)).toEqual(ALL);
  });

  it("are not other files next to them, or those of an editor", () => {
    save(
      `${TESTS}/schema.json`,
      `${TESTS}/README.md`,
      `${TESTS}/more.csv`,
      `${TESTS}/.#a.test.yaml`,
      `${TESTS}/a.test.yaml~`,
    );
    expect(found(TESTS)).toEqual(ALL);
  });
});

describe("what lies below tests/ and would not be run", () => {
  it.each([
    ["fails.test.yml", "name it `fails.test.yaml`"],
    ["fails_test.yaml", "name it `fails.test.yaml`"],
    ["fails.tests.yaml", "name it `fails.test.yaml`"],
    ["fails.yaml", "name it `fails.test.yaml`"],
    ["orders/FAILS.TEST.YAML", "name it `FAILS.test.yaml`"],
    ["fails.test.json", "move it elsewhere; tests/ may contain NAME.test.yaml, schema.json, *.md and *.csv"],
    ["orders/fails", "move it elsewhere; tests/ may contain NAME.test.yaml, schema.json, *.md and *.csv"],
  ])("is refused by name: %s", (name, fix) => {
    save(`${TESTS}/${name}`);
    const refused = [{ file: `${TESTS}/${name}`, why: "no test run includes this file", fix }];
    expect(matching(TESTS)).toEqual({ files: ALL.map((file) => `${TESTS}/${file}`), refused });
    expect(matching(`${TESTS}/**`).refused).toEqual(refused);
  });

  it("is refused where it leads out", () => {
    save("elsewhere/d.test.yaml");
    symlinkSync("../../elsewhere", join(directory, TESTS, "shared"));
    symlinkSync("../../elsewhere/d.test.yaml", join(directory, TESTS, "d.test.yaml"));
    expect(
      matching(TESTS)
        .refused.map(({ file }) => file)
        .sort(),
    ).toEqual([`${TESTS}/d.test.yaml`, `${TESTS}/shared`]);
    expect(matching(`${TESTS}/*.test.yaml`).refused.map(({ file }) => file)).toEqual([
      `${TESTS}/d.test.yaml`,
    ]);
  });

  it("is, in another folder, what was meant as a test", () => {
    save("checks/a.test.yaml", "checks/b_test.yml", "checks/c.yaml", "checks/d.conf");
    expect(matching("checks")).toMatchObject({
      files: ["checks/a.test.yaml"],
      refused: [{ file: "checks/b_test.yml" }],
    });
    rmSync(join(directory, "checks"), { recursive: true });
  });
});
