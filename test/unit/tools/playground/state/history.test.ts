import {
  changed,
  type History,
  historyFrom,
  redone,
  undone,
} from "../../../../../src/tools/playground/state/history.ts";
import { readState } from "../../../../../src/tools/playground/state/read-state.ts";

const state = (ask: string) => readState({ files: [], personas: [], ask });

const typed = (history: History, ask: string, at: number, about = "ask") =>
  changed(history, state(ask), about, at);

describe("the history of the page", () => {
  it("undoes what was typed without a pause in one step", () => {
    let history = historyFrom(state(""));
    for (const [index, ask] of ["G", "GE", "GET"].entries()) history = typed(history, ask, index * 100);
    history = typed(history, "GET /", 5_000);
    expect(undone(history).now.ask).toBe("GET");
    expect(undone(undone(history)).now.ask).toBe("");
  });

  it("undoes changes of different things one by one, and redoes them", () => {
    let history = typed(historyFrom(state("")), "a", 0);
    history = typed(history, "b", 10, "chosen");
    history = typed(history, "c", 20, "");
    history = typed(history, "d", 30, "");
    const back = undone(undone(undone(undone(history))));
    expect(back.now.ask).toBe("");
    expect(undone(back)).toBe(back);
    expect(redone(redone(back)).now.ask).toBe("b");
    expect(redone(history)).toBe(history);
  });

  it("forgets what was undone once something else changes", () => {
    const history = typed(undone(typed(historyFrom(state("")), "a", 0)), "b", 10);
    expect(redone(history).now.ask).toBe("b");
    expect(undone(history).now.ask).toBe("");
  });

  it("keeps a limited number of steps", () => {
    let history = historyFrom(state(""));
    for (let step = 0; step < 1_000; step += 1) history = typed(history, `${step}`, step, "");
    expect(history.past).toHaveLength(200);
  });
});
