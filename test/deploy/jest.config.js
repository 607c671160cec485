import common from "../../jest.config.js";

// `npm run test:deploy`: `sls deploy` against an AWS emulator on this machine; docs/local-fidelity.md.
/** @type {import("jest").Config} */
const config = {
  ...common,
  rootDir: "../..",
  roots: ["<rootDir>/test/deploy"],
  globalSetup: "<rootDir>/test/support/emulator/set-up.ts",
  globalTeardown: "<rootDir>/test/support/emulator/tear-down.ts",
  reporters: ["default", "<rootDir>/test/support/emulator/log-reporter.cjs"],
  // They share an emulator and two cores.
  maxWorkers: 1,
  testTimeout: 60_000,
};

export default config;
