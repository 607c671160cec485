import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plan } from "../../../../src/tools/scaffold/plan.ts";
import { scaffold } from "../../../../src/tools/scaffold/scaffold.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "claimgate-scaffold-"));
  writeFileSync(join(root, "list.ts"), "[\n  a,\n  z,\n]\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const PLAN: Plan = {
  files: [{ path: "deep/er/new.ts", template: "new" }],
  insertions: [
    { path: "list.ts", before: "  z,", lines: ["  m,"] },
    { path: "list.ts", before: "  z,", lines: ["  n,"] },
  ],
  next: [],
};
const carryOut = (plan: Plan = PLAN) =>
  scaffold(root, plan, { NAME: "row" }, () => "// __NAME__ __OTHER__\n");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("the scaffold", () => {
  it("writes files with their words, and adds lines at their places", () => {
    expect(carryOut()).toEqual({ written: ["deep/er/new.ts"], changed: ["list.ts"] });
    expect(read("deep/er/new.ts")).toBe("// row __OTHER__\n");
    expect(read("list.ts")).toBe("[\n  a,\n  m,\n  n,\n  z,\n]\n");
  });

  it("overwrites nothing: a second time it writes nothing", () => {
    carryOut();
    writeFileSync(join(root, "deep/er/new.ts"), "mine");
    expect(() => carryOut()).toThrow("nothing was written: `deep/er/new.ts` exists already");
    expect(read("deep/er/new.ts")).toBe("mine");
    expect(read("list.ts")).toBe("[\n  a,\n  m,\n  n,\n  z,\n]\n");
  });

  it.each(["  missing,", ","])("writes nothing where the place `%s` is not there once", (before) => {
    const plan: Plan = { ...PLAN, insertions: [{ path: "list.ts", before, lines: ["  m,"] }] };
    expect(() => carryOut(plan)).toThrow(/^nothing was written: expected `.*` once in `list\.ts`/);
    expect(existsSync(join(root, "deep"))).toBe(false);
    expect(read("list.ts")).toBe("[\n  a,\n  z,\n]\n");
  });
});
