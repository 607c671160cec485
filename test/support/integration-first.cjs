"use strict";

const { join, sep } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

const INTEGRATION = `${sep}${join("test", "integration")}${sep}`;

/**
 * The longest files first, as jest has it, but those of integration before all others: in a fresh checkout jest knows
 * no durations and takes the size of a file for one, so that a worker would begin with the longest file at the end.
 */
module.exports = class IntegrationFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isFirst = ({ path }) => path.includes(INTEGRATION);
    return [...sorted.filter(isFirst), ...sorted.filter((test) => !isFirst(test))];
  }
};
