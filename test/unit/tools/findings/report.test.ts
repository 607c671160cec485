import { joinReports } from "../../../../src/tools/findings/report.ts";
import { switched } from "../../../../src/tools/findings/switched.ts";

const REASON = "meant so for now";

test("a switch hides the findings of its id, and says how many; one that was not looked for is not judged", () => {
  const switches = new Map([
    ["b", REASON],
    ["a", REASON],
    ["other", REASON],
  ]);
  expect(switched(["a", "a", "c"], (id) => id, switches, new Set(["a", "b", "c"]))).toEqual({
    shown: ["c"],
    switchedOff: [
      { rule: "a", reason: REASON, hidden: 2 },
      { rule: "b", reason: REASON, hidden: 0 },
    ],
  });
});

test("several occasions make one report, and a switch counts what it hides on each of them", () => {
  const report = (rule: string, hidden: number) => ({
    findings: [],
    switchedOff: [{ rule, reason: REASON, hidden }],
    ignored: [],
  });
  expect(joinReports([report("b", 1), report("a", 0), report("b", 2)]).switchedOff).toEqual([
    { rule: "a", reason: REASON, hidden: 0 },
    { rule: "b", reason: REASON, hidden: 3 },
  ]);
});
