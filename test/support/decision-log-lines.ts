// The lines of a log that nobody had to record; the demo states are made of them as well.
export * from "../../src/tools/local/demo/decision-lines.ts";
