import { CommanderError } from "commander";
import { createProgram } from "../../../../../src/tools/cli/program.ts";
import { CommandError } from "../../../../../src/tools/machine/command-error.ts";

/** What a command line is refused with; undefined if it would run. */
async function refusal(
  line: readonly string[],
): Promise<Pick<CommandError, "code" | "message" | "fix"> | undefined> {
  let said = "";
  const writeErr = (text: string) => {
    said += text;
  };
  const program = createProgram("0", async () => {}, { writeOut: () => {}, writeErr });
  try {
    await program.parseAsync([...line], { from: "user" });
  } catch (error) {
    // Commander writes what it says itself, in words of its own.
    expect(said).toBe("");
    if (error instanceof CommandError) return { code: error.code, message: error.message, fix: error.fix };
    if (!(error instanceof CommanderError)) throw error;
    expect(error.exitCode).toBe(0);
  }
  return undefined;
}

const see = (name: string) => `see \`claimgate ${name}\``;

/** Each sort of mistake, which commander would report in words of its own. */
const MISTAKES: readonly (readonly [line: readonly string[], message: string, fix: string])[] = [
  [["chek"], "unknown command `chek`", "did you mean `check`?"],
  [["deploy"], "unknown command `deploy`", see("help")],
  [["help", "chek"], "unknown command `chek`", "did you mean `check`?"],
  [["-x"], "unknown option `-x`", see("help")],
  [["check", "--polices", "x"], "unknown option `--polices`", "did you mean `--policies`?"],
  [["check", "--polices=x"], "unknown option `--polices`", "did you mean `--policies`?"],
  [["check", "--zzz"], "unknown option `--zzz`", see("check --help")],
  [["report"], "the option `-o, --output <file>` is missing", see("report --help")],
  [["report", "-o"], "`-o, --output <file>` has no value", see("report --help")],
  [["who-can"], "the argument `<target>` is missing", see("who-can --help")],
  [["who-can", "GET", "/orders"], "expected one argument, found 2", "put a value with spaces in quotes"],
  [["diff", "a", "b", "c"], "expected 2 arguments, found 3", "put a value with spaces in quotes"],
  [["check", "policies"], "expected no argument, found 1", see("check --help")],
  [
    ["matrix", "--format", "xml"],
    "`--format` is `xml`; expected `pretty`, `json`, `markdown`, `csv` or `html`",
    see("matrix --help"),
  ],
  [
    ["matrix", "--columns", "group"],
    "`--columns` is `group`; expected `roles`, `groups` or `all`",
    "did you mean `groups`?",
  ],
  [
    ["new", "chat", "--gateway", "websocket"],
    "`new` cannot write a service with the gateway `websocket`; expected `http` or `rest`",
    "copy `examples/websocket` of claimgate's repository",
  ],
  [
    ["new", "notes", "--gateway", "soap"],
    "`--gateway` is `soap`; expected `http` or `rest`",
    see("new --help"),
  ],
  [["completion", "fsh"], "`<shell>` is `fsh`; expected `bash`, `zsh` or `fish`", "did you mean `fish`?"],
  [
    ["check", "--max-warnings", "few"],
    "`--max-warnings` is `few`; expected a whole number",
    see("check --help"),
  ],
  [
    ["test", "--threshold", "101"],
    "`--threshold` is `101`; expected a number from 0 to 100",
    see("test --help"),
  ],
  [["doctor", "--stage", "a", "--param", "x"], "`--param` is `x`; expected name=value", see("doctor --help")],
  [
    ["revoke", "--stage", "prod", "--sub", "user-1", "--issuer", "legacy"],
    "`--issuer` was renamed to `--pool-alias`",
    "write `--pool-alias`",
  ],
  [["revoke", "--issuer=legacy"], "`--issuer` was renamed to `--pool-alias`", "write `--pool-alias`"],
  [
    ["suspend", "--local", "alice"],
    "`--local` is `alice`; expected a URL such as http://127.0.0.1:9229; write the user before the option: USER --local",
    see("suspend --help"),
  ],
  [["check", "--policies="], "`--policies <dir>` is empty", see("check --help")],
  [["diff", " "], "an argument is empty", see("diff --help")],
];

test.each(MISTAKES)("claimgate %j is refused in one message and a fix", async (line, message, fix) => {
  expect(await refusal(line)).toEqual({ code: "command_usage", message, fix });
});

test("a correct line is not refused, and help is not an error", async () => {
  expect(await refusal(["check", "--policies", "policies"])).toBeUndefined();
  expect(await refusal(["help", "check"])).toBeUndefined();
  expect(await refusal(["check", "--help"])).toBeUndefined();
});
