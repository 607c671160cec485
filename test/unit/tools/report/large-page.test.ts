import { createHash } from "node:crypto";
import fc from "fast-check";
import { cellRuns } from "../../../../src/tools/report/large/cell-runs.ts";
import { drawn } from "../../../support/drawn.ts";
import { largePolicy } from "../../../support/large-policy.ts";
import { pageOf } from "../../../support/report-page.ts";

const HOSTILE = `
g, "group:</script><script>alert(1)</script>", role:team-0
g, "group:<!--<script>", role:team-1
p, group:__proto__, thing-1:read, allow
`;
const page = pageOf(`${largePolicy({ roles: 40, routes: 120, rows: 3_000 })}${HOSTILE}`);
const dataOf = (text: string) =>
  /<script type="application\/json" id="data">(.*?)<\/script>/.exec(text)?.[1] ?? "";

interface Data {
  readonly strings: readonly string[];
  readonly rows: readonly unknown[];
  readonly routes: readonly unknown[];
}

describe("the page of a large policy", () => {
  test("carries its rows as data that no name in the policy can end", () => {
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toContain("<!--");
    const data = JSON.parse(dataOf(page)) as Data;
    expect(data.strings).toContain("group:</script><script>alert(1)</script>");
    expect(data.strings).toContain("group:__proto__");
    expect(new Set(data.strings).size).toBe(data.strings.length);
    expect([data.routes.length, data.rows.length]).toEqual([120, 6 * 3_001]);
  });

  test("allows itself nothing but its own style and script, by their digests", () => {
    const csp = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
    const digest = (element: string) => {
      const text = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(csp?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${digest("style")}`,
      `script-src ${digest("script")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/<[^>]* (?:style|on[a-z]+)="/);
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  });

  test("has no element for a cell, so that twice the rows do not make twice the elements", () => {
    const elements = (rows: number) =>
      pageOf(largePolicy({ roles: 40, routes: 120, rows })).match(/<[a-z]/g)?.length;
    expect(elements(4_800)).toBe(elements(2_400));
  });

  test("stays a page of elements as long as the policy is small", () => {
    expect(dataOf(pageOf(largePolicy({ roles: 20, routes: 60, rows: 600 })))).toBe("");
  });
});

describe("runs of cells", () => {
  it("are the cells, without the empty ones at the end", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3)), (cells) => {
        const read: number[] = [];
        const runs = cellRuns(cells, (code) => code);
        for (let index = 0; index < runs.length; index += 3) {
          const [empty = 0, length = 0, code = 0] = runs.slice(index, index + 3);
          expect([code > 0, length > 0]).toEqual([true, true]);
          read.push(...Array.from({ length: empty }, () => 0), ...Array.from({ length }, () => code));
        }
        expect(cells.slice(0, read.length)).toEqual(read);
        expect(cells.slice(read.length).every((code) => code === 0)).toBe(true);
      }),
      drawn(400),
    );
  });
});
