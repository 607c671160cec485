import { readFileSync } from "node:fs";
import { BUDGETS } from "../../../bench/budgets.ts";
import { budgetRows } from "../../../bench/report/budget-table.ts";
import { peerChart } from "../../../bench/report/peer-chart.ts";
import {
  CHART,
  chartedRun,
  newestResults,
  PERFORMANCE_PAGE,
  withResults,
} from "../../../bench/report/performance-page.ts";
import type { BudgetRun } from "../../../bench/report/results.ts";

const page = readFileSync(PERFORMANCE_PAGE, "utf8");
const chart = readFileSync(CHART, "utf8");
const results = newestResults();

describe("docs/performance.md", () => {
  it("has the tables of the newest results; npm run docs:performance writes them", () => {
    expect(page).toBe(withResults(page, results));
  });

  it("has every table that the results have", () => {
    const regions = Array.from(page.matchAll(/<!-- measured ([a-z ]+) -->/g), ([, name]) => name);
    expect(regions.toSorted()).toEqual([
      ...["budgets", "calls", "cold starts", "decisions", "losses", "origin", "verifications", "versions"],
    ]);
  });

  it("has every budget of both Nodes, whatever came of it", () => {
    expect(results.budgets.map(({ node }) => node.split(".")[0])).toEqual(["v24", "v20"]);
    for (const { ratios } of results.budgets) {
      expect(new Set(ratios.map(({ budget }) => budget))).toEqual(new Set(Object.keys(BUDGETS)));
    }
  });

  it("names every run with its commit and its machine", () => {
    for (const { commit, machine } of [...results.budgets, ...results.peers]) {
      expect(commit).toMatch(/^[0-9a-f]{10}$/);
      expect(page).toContain(`commit \`${commit}\`, ${machine}`);
    }
  });

  it("refuses a region that nothing was measured for", () => {
    const region = "<!-- measured speed of light -->\n<!-- /measured -->";
    expect(() => withResults(region, results)).toThrow("nothing measured is called `speed of light`");
  });
});

describe("the chart of README.md", () => {
  it("is made of the newest results; npm run docs:performance draws it", () => {
    expect(chart).toBe(peerChart(chartedRun(results)));
  });

  it("is well-formed: each element ends, in the order in which they began", () => {
    const open: string[] = [];
    for (const [, end, name = "", empty] of chart.matchAll(
      /<(\/?)([a-z]+)(?:\s[a-zA-Z:-]+="[^"<]*")*(\/?)>/g,
    )) {
      if (end === "/") expect(open.pop()).toBe(name);
      else if (empty !== "/") open.push(name);
    }
    expect(open).toEqual([]);
    // Each `<` began an element, and none is left in a text.
    expect(chart.replaceAll(/<\/?[a-z]+(?:\s[a-zA-Z:-]+="[^"<]*")*\/?>/g, "")).not.toMatch(/[<>]/);
  });

  it("says what it shows, to those who cannot see it", () => {
    expect(chart).toMatch(/role="img" aria-labelledby="title desc">\s*<title id="title">[^<]{20,}</);
    for (const { name } of chartedRun(results).calls) expect(chart).toMatch(`${name} `);
    expect(chart).toMatch(/<desc id="desc">warm call: .*claimgate [\d.,]+ µs.*cold start: .* ms\.</);
  });

  it("follows light and dark, and loads nothing", () => {
    expect(chart).toContain("@media (prefers-color-scheme: dark)");
    expect(chart.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|url\(|href|@import|<image/,
    );
  });

  it("keeps names with markup as text", () => {
    const run = chartedRun(results);
    const named = <Row extends { name: string }>(rows: readonly Row[]) =>
      rows.map((row) => (row.name === "claimgate" ? row : { ...row, name: `<b>&${row.name}` }));
    const drawn = peerChart({ ...run, calls: named(run.calls), coldStarts: named(run.coldStarts) });
    expect(drawn).toContain("&lt;b&gt;&amp;");
    expect(drawn).not.toContain("<b>");
  });
});

describe("the budget table", () => {
  const run = (ratio: number, has: readonly string[] = []): BudgetRun => ({
    ...{ node: "v24.0.0", date: "2026-01-31", commit: "0123456789", machine: "one core" },
    ratios: [{ budget: "cold start", of: "1,000 rows", ratio }],
    triggers: [{ trigger: "pre-sign-up", kilobytes: 40, has }],
  });
  const { must, goal } = BUDGETS["cold start"];

  it.each([
    ["goal met", [goal, goal]],
    ["met", [goal, must]],
    ["NOT MET", [goal, must + 0.01]],
  ])("says %s by the worst of both Nodes", (verdict, ratios) => {
    const [row] = budgetRows(ratios.map((ratio) => run(ratio)));
    expect(row).toEqual({
      what: "cold start, 1,000 rows",
      measured: ratios.map((ratio) => `${ratio.toFixed(2)}x`),
      must: `${must}x`,
      goal: `${goal}x`,
      verdict,
    });
  });

  it("names what a trigger must not have", () => {
    expect(budgetRows([run(goal), run(goal, ["the command line"])]).at(-1)).toMatchObject({
      measured: ["none", "pre-sign-up: the command line"],
      verdict: "NOT MET",
    });
  });
});
