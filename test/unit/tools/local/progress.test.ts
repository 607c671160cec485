import { Progress } from "../../../../src/tools/local/progress.ts";
import { Screen } from "../../../../src/tools/machine/screen.ts";

function progress(isTerminal: boolean) {
  let written = "";
  const screen = new Screen((text) => {
    written += text;
  }, false);
  return { progress: new Progress(screen, isTerminal), written: () => written };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a terminal shows what is done and for how long, in one line that is emptied in the end", () => {
  const { progress: shown, written } = progress(true);

  shown.show("packaging the service");
  jest.advanceTimersByTime(2_000);
  shown.show("starting the functions");
  shown.end();
  jest.advanceTimersByTime(2_000);

  const lines = written().split("\r\u001b[K");
  expect(lines[1]).toBe("  packaging the service ... 0 s");
  expect(lines).toContain("  packaging the service ... 2 s");
  expect(lines.slice(-2)).toEqual(["  starting the functions ... 2 s", ""]);
});

test("nothing is written to a file or another program", () => {
  const { progress: shown, written } = progress(false);

  shown.show("packaging the service");
  jest.advanceTimersByTime(2_000);
  shown.end();

  expect(written()).toBe("");
});
