import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../../support/local-stack-process.ts";

test("npm run connect says how to start a stack if none runs", async () => {
  const data = mkdtempSync(join(tmpdir(), "claimgate-connect-"));
  const port = String(await freePort());
  const { NODE_OPTIONS: _ignored, ...env } = process.env;
  const args = ["--import", "tsx", "src/tools/local/pool/connect.ts", "sam", "--port", port, "--data", data];

  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });

  rmSync(data, { recursive: true, force: true });
  expect(status).toBe(2);
  expect(stderr).toContain(`nothing answers at port ${port}: start it with npm start`);
}, 60_000);
