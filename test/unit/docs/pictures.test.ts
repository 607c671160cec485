import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const PICTURES = "docs/pictures";
const flow = readFileSync(join(PICTURES, "flow.svg"), "utf8");
const readme = readFileSync("README.md", "utf8");

test("the flow shows rows of the sample policy, each with its file", () => {
  const shown = Array.from(
    flow.matchAll(/<text class="row"[^>]*>([^<]*)<\/text>\s*<text class="soft right"[^>]*>([^<]*)</g),
    ([, row, file]) => `${file}: ${row}`,
  );
  const rows = readdirSync("policies")
    .filter((file) => file.endsWith(".csv"))
    .flatMap((file) =>
      readFileSync(join("policies", file), "utf8")
        .split("\n")
        .map((row) => `${file}: ${row}`),
    );
  expect(shown).toHaveLength(5);
  expect(rows).toEqual(expect.arrayContaining(shown));
});

test("README shows every picture, with an alternative text", () => {
  const shown = [...readme.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, file]) => file);
  expect(shown.sort()).toEqual(readdirSync(PICTURES).map((file) => join(PICTURES, file)));
  for (const [tag] of readme.matchAll(/<img [^>]*>/g)) expect(tag).toMatch(/ alt="[^"]{40,}"/);
  expect(flow).toMatch(/<title [^>]*>[^<]+<\/title>\s*<desc [^>]*>[^<]+<\/desc>/);
});

test("a picture is small", () => {
  for (const file of readdirSync(PICTURES)) expect(statSync(join(PICTURES, file)).size).toBeLessThan(150_000);
});
