import config from "../../jest.config.js";

const room = process.env.MUTATED_ROOM;

/** The unit tests of one room, without those of very long input: they reach every mutant and kill none alone. */
export default {
  ...config,
  rootDir: "../..",
  roots: [`<rootDir>/test/unit/${room}`],
  testPathIgnorePatterns: ["-many\\.test\\.ts$", "-long\\.test\\.ts$"],
};
