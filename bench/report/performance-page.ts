import { readdirSync } from "node:fs";
import { join } from "node:path";
import { budgetRows } from "./budget-table.ts";
import { markdownTable } from "./numbers.ts";
import { lossesOf, peerTables } from "./peer-tables.ts";
import { type PeerRun, type Results, type RunOrigin, readResults } from "./results.ts";

/** Written by hand but for its regions, `<!-- measured NAME -->`. */
export const PERFORMANCE_PAGE = "docs/performance.md";
export const CHART = "docs/pictures/performance.svg";
const FOLDER = "performance";

/** The newest results that are in the repository. */
export function newestResults(): Results {
  return readResults(join("docs", newestFile()));
}

/** As the page links it. */
function newestFile(): string {
  const newest = readdirSync(join("docs", FOLDER))
    .filter((file) => /^\d{4}-\d\d-\d\d\.json$/.test(file))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error(`docs/${FOLDER} has no results: npm run bench -- --json FILE`);
  return `${FOLDER}/${newest}`;
}

/** The run that the chart shows: that of the newest Node, which Lambda runs. */
export function chartedRun({ peers: [newest] }: Results): PeerRun {
  if (newest === undefined) throw new Error("the results have no peers: npm run bench:peers -- --json FILE");
  return newest;
}

/** The page with what was measured in its regions. @throws Error for a region of another name */
export function withResults(page: string, results: Results): string {
  const regions = regionsOf(results);
  return page.replace(/<!-- measured ([a-z ]+) -->\n[\s\S]*?<!-- \/measured -->/g, (_whole, name: string) => {
    const region = regions[name];
    if (region === undefined) throw new Error(`${PERFORMANCE_PAGE}: nothing measured is called \`${name}\``);
    return `<!-- measured ${name} -->\n\n${region}\n\n<!-- /measured -->`;
  });
}

function regionsOf(results: Results): Readonly<Record<string, string>> {
  const { budgets, peers } = results;
  const tables = peers.map((run) => ({ run, tables: peerTables(run) }));
  const names = Object.keys(tables[0]?.tables ?? {});
  const perNode = (name: string) =>
    tables.map(({ run, tables: own }) => `Node ${run.node}:\n\n${own[name] ?? ""}`).join("\n\n");
  return {
    budgets: budgetTable(results),
    ...Object.fromEntries(names.map((name) => [name, perNode(name)])),
    losses: lossesOf(chartedRun(results)),
    origin: [
      `All of it is in [${newestFile()}](${newestFile()}).`,
      "",
      ...budgets.map((run) => said("budgets", run)),
      ...peers.map((run) => said("peers", run)),
    ].join("\n"),
    versions: Object.entries(chartedRun(results).versions)
      .map(([name, version]) => `\`${name}\` ${version}`)
      .join(", "),
  };
}

function budgetTable({ budgets }: Results): string {
  const head = ["what", ...budgets.map(({ node }) => `Node ${node}`), "must", "goal", ""];
  const rows = budgetRows(budgets).map(({ what, measured, must, goal, verdict }) => [
    ...[what, ...measured, must, goal],
    verdict === "NOT MET" ? `**${verdict}**` : verdict,
  ]);
  return markdownTable(head, rows);
}

function said(what: string, { node, date, commit, machine }: RunOrigin): string {
  return `- ${what}, Node ${node}: ${date}, commit \`${commit}\`, ${machine}`;
}
