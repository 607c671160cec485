import { runClaimgate } from "../support/claimgate-command.ts";
import { sarifProblems } from "../support/sarif-schema.ts";

const MISTAKES = "test/fixtures/policies-with-every-mistake";

test.each(["refused", "accepted"])(
  "the findings of every mistake are SARIF: policies that are %s",
  async (name) => {
    const run = await runClaimgate(["check", "--policies", `${MISTAKES}/${name}`, "--format", "sarif"]);
    const document = JSON.parse(run.stdout) as { runs: [{ results: { fixes?: unknown }[] }] };
    expect(sarifProblems(document)).toEqual([]);
    const [{ results }] = document.runs;
    expect(results.length).toBeGreaterThan(20);
    expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  },
);
