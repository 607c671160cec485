import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";

const home = mkdtempSync(join(tmpdir(), "claimgate-failed-build-"));

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("a build that fails", () => {
  it("ends with the finding, its line and its column when the policy is wrong", async () => {
    const service = copyService(join(home, "policy"));
    const good = service.read("policies/roles.csv");
    service.write(
      "policies/roles.csv",
      good.replace("p, role:suspended, *, deny", "p, role:suspended, *, Deny"),
    );
    const run = await runServerless(["package"], service.folder);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/policies\/roles\.csv:46:23: the effect is `Deny`; expected exactly/);
  }, 60_000);

  it("ends when the code is wrong, and does not hang", async () => {
    const service = copyService(join(home, "code"));
    service.write("src/handlers/orders.ts", 'import "./nothing-there.ts";\n');
    const run = await runServerless(["package"], service.folder);
    expect(run.code).toBe(1);
    expect(run.output).toContain('Could not resolve "./nothing-there.ts"');
  }, 60_000);
});
