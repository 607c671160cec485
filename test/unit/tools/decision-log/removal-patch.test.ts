import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { removalPatch } from "../../../../src/tools/decision-log/removal-patch.ts";
import { drawn } from "../../../support/drawn.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-patch-"));
  mkdirSync(join(directory, "policies"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What git makes of the file with the patch. */
function applied(text: string, removed: ReadonlySet<number>): string {
  const file = join(directory, "policies/roles.csv");
  writeFileSync(file, text);
  const patch = removalPatch(
    [{ path: "policies/roles.csv", text }],
    new Map([["policies/roles.csv", removed]]),
  );
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: directory, input: patch, stdio: "pipe" });
  return readFileSync(file, "utf8");
}

describe("the edit that removes rows", () => {
  test("is a unified diff with the lines around", () => {
    const text = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
    expect(removalPatch([{ path: "p/x.csv", text }], new Map([["p/x.csv", new Set([5])]]))).toBe(
      "--- a/p/x.csv\n+++ b/p/x.csv\n@@ -2,7 +2,6 @@\n b\n c\n d\n-e\n f\n g\n h\n",
    );
  });

  test("is empty where nothing is removed", () => {
    expect(removalPatch([{ path: "p/x.csv", text: "a\n" }], new Map())).toBe("");
  });

  test("is what git understands, whatever is removed and however the file ends", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.array(fc.nat(39), { minLength: 1, maxLength: 8 }),
        (count, ending, ends, chosen) => {
          const lines = Array.from({ length: count }, (_, index) => `row ${index + 1}${ending}`);
          if (!ends) lines[count - 1] = `row ${count}`;
          // One line stays: git deletes a file that a patch leaves empty.
          const removed = new Set(chosen.map((one) => (one % (count - 1)) + 2));
          const kept = lines.filter((_, index) => !removed.has(index + 1)).join("");
          expect(applied(lines.join(""), removed)).toBe(kept);
        },
      ),
      drawn(60),
    );
  });
});
