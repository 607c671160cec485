"use strict";

const { resolve } = require("node:path");

/** Says where the logs are when something failed. */
module.exports = class LogReporter {
  onRunComplete(_contexts, { numFailedTests, numRuntimeErrorTestSuites }) {
    if (numFailedTests + numRuntimeErrorTestSuites === 0) return;
    console.error(`emulator.log and bridge.log are in ${resolve(".rehearsal/run")}`);
  }
};
