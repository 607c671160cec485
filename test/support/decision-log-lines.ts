// Generated lines of a decision log; the demo states use them as well.
export * from "../../src/tools/local/demo/decision-lines.ts";
