import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { READING_COMMANDS } from "../cli/reading-commands.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

// A directory without model.conf has the model of this version.

const cwd = mkdtempSync(join(tmpdir(), "claimgate-without-model-"));
const model = join(cwd, "policies/model.conf");

beforeEach(() => {
  cpSync("policies", join(cwd, "policies"), { recursive: true });
  writeFileSync(join(cwd, "log.json"), "");
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test.each(READING_COMMANDS)("claimgate %s gives the same without model.conf", async (...args) => {
  const withModel = await runClaimgate(args, { cwd });
  rmSync(model);
  const without = await runClaimgate(args, { cwd });
  expect(without).toEqual(withModel);
  expect(without.code).not.toBe(3);
});

test.each(READING_COMMANDS.filter(([name]) => name !== "fmt"))(
  "claimgate %s refuses an edited model.conf",
  async (...args) => {
    writeFileSync(model, "");
    const { code, stdout, stderr } = await runClaimgate(args, { cwd });
    expect(`${stdout}${stderr}`).toContain("[model-edited]");
    expect(code).toBe(3);
  },
);
