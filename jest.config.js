/** @type {import("jest").Config} */
const config = {
  testEnvironment: "node",
  // The package by its own name is src/library; functions under test read the policy directory, as local builds do.
  testEnvironmentOptions: {
    customExportConditions: ["claimgate-local", "claimgate-source", "node", "node-addons"],
  },
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  globalSetup: "<rootDir>/test/support/begin-run.ts",
  globalTeardown: "<rootDir>/test/support/end-run.ts",
  testSequencer: "<rootDir>/test/support/integration-first.cjs",
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        sourceMaps: "inline",
        module: { type: "commonjs" },
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
      },
    ],
    // An ES module, which jest cannot require on the oldest Node.
    "@middy/core/.*\\.js$": ["@swc/jest", { module: { type: "commonjs" } }],
  },
  transformIgnorePatterns: ["/node_modules/(?!@middy/core/)"],
  testTimeout: 20_000,
};

export default config;
