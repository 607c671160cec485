import { execFileSync } from "node:child_process";
import { shellWord } from "../../../../src/tools/text/shell-word.ts";

describe("a word of a command line", () => {
  it.each([
    ["policies", "policies"],
    ["/tmp/new comer/.serverless", "'/tmp/new comer/.serverless'"],
    ["it's", String.raw`'it'\''s'`],
    ["", "''"],
  ])("is quoted where the shell needs it: %s", (text, word) => {
    expect(shellWord(text)).toBe(word);
    expect(execFileSync("sh", ["-c", `printf %s ${word}`]).toString()).toBe(text);
  });
});
