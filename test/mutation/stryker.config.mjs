// One room of `src` a run, its unit tests only; docs/testing.md says how to read the result.
const room = process.env.MUTATED_ROOM;
if (room === undefined)
  throw new Error("run `npm run mutate -- ROOM`, for example `npm run mutate -- policy`");

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  packageManager: "npm",
  plugins: [import.meta.resolve("@stryker-mutator/jest-runner")],
  testRunner: "jest",
  jest: { configFile: "test/mutation/jest.config.js" },
  mutate: [`src/${room}/**/*.ts`],
  coverageAnalysis: "perTest",
  // A mutant in code that runs while a module loads needs a new process for each; these are constants and tables.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `.mutation/${room}.json`,
  reporters: ["progress-append-only", "clear-text", "html", "json"],
  clearTextReporter: { allowColor: false, logTests: false },
  htmlReporter: { fileName: `.mutation/${room}.html` },
  jsonReporter: { fileName: `.mutation/${room}-report.json` },
  tempDirName: ".mutation/sandbox",
  ignorePatterns: [".mutation", ".serverless", ".esbuild", ".rehearsal", ".local", "docs", "dist"],
  concurrency: Number(process.env.MUTATION_WORKERS ?? "2"),
  timeoutMS: 20_000,
  disableTypeChecks: false,
  checkers: [],
};
