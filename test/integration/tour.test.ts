import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyRepository } from "../support/repository-copy.ts";
import { shellIn } from "../support/shell.ts";

// What docs/tour.md tells a reader to do, done to the letter in a copy of the repository. `cli-page` compares what the
// page shows with what the commands print.

const copy = mkdtempSync(join(tmpdir(), "claimgate-tour-"));

describe("the examples of docs/tour.md", () => {
  const tour = readFileSync("docs/tour.md", "utf8");
  const examples = Array.from(
    tour.matchAll(/<!-- run \w+ (\d)(?: first (\d+))? -->\n```console\n\$ ([^\n]*)\n([\s\S]*?)```/g),
    ([, code = "", first, command = "", shown = ""]) => ({ code: Number(code), first, command, shown }),
  );
  let demo: { code: number; output: string };

  beforeAll(async () => {
    copyRepository(copy);
    demo = await shellIn(copy, "npm run --silent prepare && npm run demo");
  }, 120_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("npm run demo makes every folder that the page names", () => {
    expect(demo.code).toBe(0);
    const folders = new Set(Array.from(tour.matchAll(/\(cd (demo\/\w+)/g), ([, folder]) => folder));
    expect(folders.size).toBeGreaterThan(3);
    for (const folder of folders) expect(demo.output).toContain(`${folder} `);
  });

  test.each(examples)(
    "$command",
    async ({ code, first, command, shown }) => {
      const result = await shellIn(copy, command);

      expect(result.code).toBe(code);
      const lines = (text: string) =>
        text
          .trimEnd()
          .split("\n")
          .map((line) => line.trimEnd());
      const shownLines = lines(shown).slice(0, first === undefined ? undefined : Number(first));
      expect(lines(result.output).slice(0, shownLines.length)).toEqual(shownLines);
    },
    60_000,
  );
});
