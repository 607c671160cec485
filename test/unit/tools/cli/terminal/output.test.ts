import { createOutput } from "../../../../../src/tools/cli/terminal/output.ts";

/** What is written to a terminal, or to what is none. */
function outputOf(isTTY: boolean, env: Readonly<Record<string, string>> = {}) {
  const written = { stdout: "", stderr: "" };
  const stream = { isTTY } as NodeJS.WriteStream;
  const output = createOutput(
    {
      write: (text) => {
        written.stdout += text;
      },
      note: (text) => {
        written.stderr += text;
      },
      stdout: stream,
      stderr: stream,
      env,
    },
    "pretty",
  );
  return { output, written };
}

describe("the output of a command", () => {
  it("says what takes a while on standard error, and only where a person looks", () => {
    const terminal = outputOf(true);
    terminal.output.progress("Reading ...");
    expect(terminal.written).toEqual({ stdout: "", stderr: "Reading ...\n" });
    const pipe = outputOf(false);
    pipe.output.progress("Reading ...");
    expect(pipe.written).toEqual({ stdout: "", stderr: "" });
  });

  it.each([
    [true, {}, "\u001b[31mno\u001b[39m"],
    [true, { NO_COLOR: "" }, "\u001b[31mno\u001b[39m"],
    [true, { NO_COLOR: "1" }, "no"],
    [true, { TERM: "dumb" }, "no"],
    [true, { TERM: "xterm", FORCE_COLOR: "0" }, "no"],
    [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, "\u001b[31mno\u001b[39m"],
    [false, { FORCE_COLOR: "", TERM: "dumb" }, "\u001b[31mno\u001b[39m"],
    [false, { FORCE_COLOR: "true" }, "\u001b[31mno\u001b[39m"],
    [true, { FORCE_COLOR: "false" }, "no"],
    [false, {}, "no"],
  ])("is coloured on a terminal (%s), unless the environment says otherwise: %j", (isTTY, env, expected) => {
    const { output } = outputOf(isTTY, env);
    expect(output.screen.style("red", "no")).toBe(expected);
    expect(output.notes.style("red", "no")).toBe(expected);
  });
});
