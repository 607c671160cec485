import config from "../../jest.config.js";

const room = process.env.MUTATED_ROOM;

/** The unit tests of one room, without the one that loads 100,000 rows: it covers every mutant and kills none alone. */
export default {
  ...config,
  rootDir: "../..",
  roots: [`<rootDir>/test/unit/${room}`],
  testPathIgnorePatterns: ["test/unit/policy/load-many.test.ts"],
};
