"use strict";

const { resolve } = require("node:path");

/** Says where the emulator's log is when something failed. */
module.exports = class LogReporter {
  onRunComplete(_contexts, { numFailedTests, numRuntimeErrorTestSuites }) {
    if (numFailedTests + numRuntimeErrorTestSuites === 0) return;
    console.error(`The emulator's log: ${resolve(".rehearsal/run/emulator.log")}`);
  }
};
