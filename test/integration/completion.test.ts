import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runClaimgate } from "../support/claimgate-command.ts";

/** How each shell is asked what would complete the last of some words; it prints one candidate a line. */
const ASKING: Readonly<Record<string, (script: string, words: readonly string[]) => readonly string[]>> = {
  bash: (script, words) => [
    "--norc",
    "-c",
    `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _claimgate; printf '%s\\n' "\${COMPREPLY[@]}"`,
    script,
    ...words,
  ],
  // Its completion needs a line editor; what it would be told is printed instead, what fits the word by hand.
  zsh: (script, words) => [
    "-f",
    "-c",
    `compdef() { :; }; _files() { print FILES; }; compadd() { shift; print -l -- "$@"; }
_describe() { print -l -- "\${(@)\${(P)2}%%:*}"; }
script=$1; shift; words=("$@"); CURRENT=$#; source $script; _claimgate | grep -E "^(FILES|\${words[CURRENT]})"`,
    "zsh",
    script,
    ...words,
  ],
  fish: (script, words) => [
    "--no-config",
    "-c",
    `source $argv[1]; complete -C "$argv[2]" | string replace -r '\\t.*' ''`,
    script,
    words.join(" "),
  ],
};

/** The shells of this machine: bash everywhere. */
const shells = Object.keys(ASKING).filter((shell) => spawnSync(shell, ["-c", "true"]).status === 0);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-completion-"));
  for (const shell of Object.keys(ASKING)) {
    const run = await runClaimgate(["completion", shell]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    writeFileSync(join(folder, shell), run.stdout);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function completed(shell: string, ...words: readonly string[]): readonly string[] {
  const args = ASKING[shell]?.(join(folder, shell), ["claimgate", ...words]) ?? [];
  const { stdout, stderr } = spawnSync(shell, args, { encoding: "utf8", cwd: folder });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash is one of the shells that completion is tried in", () => {
  expect(shells).toContain("bash");
});

describe.each(shells)("completion in %s", (shell) => {
  test("completes commands", () => {
    expect(completed(shell, "rep")).toEqual(expect.arrayContaining(["replay", "report"]));
    expect(completed(shell, "rep")).toHaveLength(2);
    expect(completed(shell, "")).toEqual(expect.arrayContaining(["doctor", "init", "help"]));
  });

  test("completes the options of a command, and no other's", () => {
    expect(completed(shell, "replay", "--fail")).toEqual(["--fail-on"]);
    expect(completed(shell, "init", "--fail")).toEqual([]);
    expect(completed(shell, "init", "--fo")).toEqual(expect.arrayContaining(["--force", "--format"]));
  });

  test("completes what an option may be", () => {
    expect(completed(shell, "replay", "--fail-on", "w")).toEqual(["widening"]);
    expect(completed(shell, "unused", "x.log", "--format", "p")).toEqual(
      expect.arrayContaining(["patch", "pretty"]),
    );
  });

  test("completes what an argument may be", () => {
    expect(completed(shell, "completion", "z")).toEqual(["zsh"]);
    expect(completed(shell, "help", "deta")).toEqual(["detach"]);
  });
});

test("an unknown shell is refused with those that there are", async () => {
  const run = await runClaimgate(["completion", "tcsh"]);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("expected `bash`, `zsh` or `fish`");
});
