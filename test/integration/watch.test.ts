import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimgateProgram, runClaimgate } from "../support/claimgate-command.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "claimgate-watch-"));
  cpSync("policies", join(cwd, "policies"), { recursive: true });
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** `claimgate test --watch`, and what it said until it said something. */
function watching() {
  const child = spawn(process.execPath, [claimgateProgram(), "test", "--watch"], { cwd, stdio: "pipe" });
  let said = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      said += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    child,
    /** What was said since the last time, up to a text, once it is there. */
    until: (text: string) =>
      new Promise<string>((done) => {
        const look = () => {
          const at = said.indexOf(text);
          if (at < 0) return;
          listeners.delete(look);
          const part = said.slice(0, at + text.length);
          said = said.slice(at + text.length);
          done(part);
        };
        listeners.add(look);
        look();
      }),
  };
}

const WAITING = "Watching for changes; press Ctrl-C to stop.";

describe("claimgate test --watch", () => {
  test("runs the tests after each change, survives a mistake, and ends as the last run did", async () => {
    const { child, until } = watching();
    const roles = join(cwd, "policies/roles.csv");
    const kept = readFileSync(roles, "utf8");
    expect(await until(WAITING)).toMatch(/ passed, 0 failed\n/);

    writeFileSync(roles, kept.replace("orders:create, allow", "orders:create, alow"));
    const mistake = await until(WAITING);
    expect(mistake).toContain("policies/roles.csv changed\n");
    expect(mistake).toContain("did you mean `allow`?");

    writeFileSync(roles, kept.replace("orders:create, allow", "orders:create, deny"));
    expect(await until(WAITING)).toMatch(/ passed, [1-9]\d* failed\n/);

    writeFileSync(roles, kept);
    expect(await until(WAITING)).toMatch(/ passed, 0 failed\n/);

    renameSync(join(cwd, "policies"), join(cwd, "moved"));
    expect(await until(WAITING)).toContain("the directory `policies` does not exist");
    renameSync(join(cwd, "moved"), join(cwd, "policies"));
    expect(await until(WAITING)).toMatch(/ passed, 0 failed\n/);

    rmSync(join(cwd, "policies/tests/orders.test.yaml"));
    expect(await until(WAITING)).toContain("no policy test matches");

    const ended = once(child, "exit");
    child.kill("SIGINT");
    expect(await ended).toEqual([1, null]);
  });

  test("prints for a person only", async () => {
    const run = await runClaimgate(["test", "--watch", "--format", "json"], { cwd });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("remove `--format`") as string });
  });
});
