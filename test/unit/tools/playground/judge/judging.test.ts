import {
  type JudgeRequest,
  Judging,
  type Verdict,
} from "../../../../../src/tools/playground/judge/judging.ts";
import { SMALL_SAMPLES } from "../../../../../src/tools/playground/samples.ts";
import { readState } from "../../../../../src/tools/playground/state/read-state.ts";
import type { PlaygroundState } from "../../../../../src/tools/playground/state/state.ts";
import { MODEL } from "../../../../support/policy.ts";

const TYPO = `g, group:staff, role:viewer
p, role:viewer, orders:read, alow
g2, GET /orders, orders:read
`;

const stateOf = (text: string): PlaygroundState =>
  readState({
    files: [{ path: "policies/roles.csv", text }],
    personas: [{ name: "a", groups: ["staff"] }],
    ask: "GET /orders",
  });

function judge() {
  const told: Verdict[] = [];
  const judging = new Judging(
    { model: MODEL, now: () => 1_795_900_000_000, pause: () => Promise.resolve() },
    (verdict) => told.push(verdict),
  );
  let revision = 0;
  const ask = (state: PlaygroundState, more: Partial<JudgeRequest> = {}) => {
    revision += 1;
    return judging.judge({ revision, state, filter: "", rows: 40, ...more });
  };
  return { told, ask };
}

const of = <Type extends Verdict["type"]>(told: readonly Verdict[], type: Type) =>
  told.filter((one): one is Extract<Verdict, { type: Type }> => one.type === type);

describe("the judge of the page", () => {
  it.each(SMALL_SAMPLES)(
    "answers the question of the sample `$name`, which has no finding",
    async ({ state }) => {
      const { told, ask } = judge();
      await ask(state);
      expect(of(told, "answer")).toMatchObject([{ answer: { effects: expect.any(Array) as unknown } }]);
      expect(of(told, "findings").flatMap(({ findings }) => findings)).toEqual([]);
      expect(of(told, "matrix")[0]?.matrix?.rows.length).toBeGreaterThan(0);
    },
  );

  it("shows a mistake with line, column and what was meant, and decides nothing by such a policy", async () => {
    const { told, ask } = judge();
    await ask(stateOf(TYPO));
    expect(of(told, "answer")).toMatchObject([{ answer: undefined, targets: [] }]);
    expect(of(told, "matrix")).toMatchObject([{ matrix: undefined }]);
    const [quick, whole] = of(told, "findings");
    expect(quick?.findings).toMatchObject([{ rule: "effect", line: 2, column: 30 }]);
    expect(whole?.findings).toMatchObject([
      { rule: "effect", severity: "error", line: 2, column: 30, fixes: [{ label: "allow" }] },
    ]);
  });

  it("judges only the last of several edits", async () => {
    const { told, ask } = judge();
    await Promise.all([ask(stateOf("x")), ask(stateOf("y")), ask(stateOf(TYPO.replace("alow", "allow")))]);
    expect(new Set(told.map(({ revision }) => revision))).toEqual(new Set([3]));
    expect(of(told, "answer")).toMatchObject([{ answer: { effects: ["allow"] } }]);
  });

  it("does not look for findings again where only the question changes", async () => {
    const { told, ask } = judge();
    const state = stateOf(TYPO);
    await ask(state);
    const before = of(told, "findings").at(-1);
    await ask({ ...state, ask: "orders:read" });
    const after = of(told, "findings").filter(({ revision }) => revision === 2);
    expect(after).toHaveLength(1);
    expect(after[0]?.findings).toBe(before?.findings);
  });

  it("shows the routes of the filter, as many as are wanted", async () => {
    const routes = Array.from({ length: 90 }, (_, n) => `g2, GET /things${n}, things:read`);
    const { told, ask } = judge();
    await ask(stateOf(["p, group:staff, things:read, allow", ...routes].join("\n")), {
      filter: "THINGS1",
      rows: 5,
    });
    expect(of(told, "matrix")[0]).toMatchObject({ routes: 11 });
    expect(of(told, "matrix")[0]?.matrix?.rows.map(({ route }) => route)).toEqual([
      "GET /things1",
      "GET /things10",
      "GET /things11",
      "GET /things12",
      "GET /things13",
    ]);
  });
});
