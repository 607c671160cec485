// Writes the tables of docs/performance.md and the chart of README.md again, of the newest results in docs/performance:
// npm run docs:performance
import { readFileSync, writeFileSync } from "node:fs";
import { peerChart } from "./peer-chart.ts";
import { CHART, chartedRun, newestResults, PERFORMANCE_PAGE, withResults } from "./performance-page.ts";

const results = newestResults();
writeFileSync(PERFORMANCE_PAGE, withResults(readFileSync(PERFORMANCE_PAGE, "utf8"), results));
writeFileSync(CHART, peerChart(chartedRun(results)));
