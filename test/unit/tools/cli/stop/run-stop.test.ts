import { STOP_KEY } from "../../../../../src/token/emergency-stop.ts";
import type { revocationStage } from "../../../../../src/tools/cli/revoke/revocation-stage.ts";
import { runResume } from "../../../../../src/tools/cli/stop/run-resume.ts";
import { runStop } from "../../../../../src/tools/cli/stop/run-stop.ts";
import type { ResumeArguments, StopArguments } from "../../../../../src/tools/cli/stop/stop-arguments.ts";
import type { StopJson } from "../../../../../src/tools/cli/stop/stop-contract.ts";
import { contextIn } from "../../../../support/command-context.ts";
import { memoryTable } from "../../../../support/dynamodb-table.ts";

// The sample policy, and the AWS SDK against a table in memory; test/integration/stop.test.ts resolves a stage.

const { items, calls } = memoryTable("list");
beforeEach(() => {
  items.clear();
  calls.length = 0;
});

const place = {
  stage: { stage: "dev", region: "us-east-1" },
  stack: { name: "claimgate-dev" },
  table: "list",
};
const stageOf = (() => Promise.resolve(place)) as unknown as typeof revocationStage;
const COMMON = { stage: "dev", policies: "policies", format: "json" } as const;
const WHY = { by: "ada", reason: "double refunds" };

async function stop(options: Partial<StopArguments>): Promise<StopJson> {
  const { context, written } = contextIn(process.cwd(), "json");
  expect(await runStop(context, { ...COMMON, ...options }, stageOf)).toBe(0);
  return JSON.parse(written()) as StopJson;
}

async function resume(options: Partial<ResumeArguments>): Promise<StopJson> {
  const { context, written } = contextIn(process.cwd(), "json");
  expect(await runResume(context, { ...COMMON, ...options }, stageOf)).toBe(0);
  return JSON.parse(written()) as StopJson;
}

const permissions = ({ stopped }: StopJson) => stopped?.map(({ permission }) => permission);

describe("claimgate stop", () => {
  it("stops a permission and names the routes that are then denied", async () => {
    const report = await stop({ permission: ["orders:delete"], ...WHY });
    expect(report).toMatchObject({
      command: "stop",
      outcome: "stopped",
      permissions: ["orders:delete"],
      stopped: [{ permission: "orders:delete", by: "ada", reason: "double refunds" }],
    });
    expect(report.routes).toContain("DELETE /orders/{orderId}");
    expect(report.routes).not.toContain("GET /orders/{orderId}");
    expect(await stop({ show: true })).toMatchObject({ outcome: "shown", stopped: report.stopped });
  });

  it("stops everything but public routes, which it names", async () => {
    const report = await stop({ all: true, ...WHY });
    expect(permissions(report)).toEqual(["*"]);
    expect(report.routes?.length).toBeGreaterThan(10);
    expect(report.publicRoutes?.length).toBeGreaterThan(0);
    expect(report.routes?.filter((route) => report.publicRoutes?.includes(route))).toEqual([]);
    expect(report.notes.join()).toMatch(/not reached.*public route/);
  });

  it("shows what a dry run would deny besides what is stopped already, and writes nothing", async () => {
    await stop({ permission: ["orders:delete"], ...WHY });
    calls.length = 0;
    const planned = await stop({ permission: ["orders:*"], ...WHY, dryRun: true });
    expect({ outcome: planned.outcome, stopped: permissions(planned) }).toEqual({
      outcome: "planned",
      stopped: ["orders:*", "orders:delete"],
    });
    expect(calls).toEqual(["GetItem"]);
    expect(permissions(await stop({ show: true }))).toEqual(["orders:delete"]);
  });

  it("refuses a permission that would stop nothing, and says which one may be meant", async () => {
    await expect(stop({ permission: ["ordrs:delete"], ...WHY })).rejects.toMatchObject({
      code: "command_usage",
      message: "`ordrs:delete` covers no permission of the policy, so it would stop nothing",
      fix: "did you mean `orders:delete`? `--force` stops it anyway",
    });
    expect(calls).toEqual([]);
    expect(permissions(await stop({ permission: ["ordrs:delete"], ...WHY, force: true }))).toEqual([
      "ordrs:delete",
    ]);
  });

  it("does not wait for a policy that can be read", async () => {
    const report = await stop({ permission: ["orders:delete"], ...WHY, policies: "no-such-directory" });
    expect(report).toMatchObject({ outcome: "stopped", routes: null });
    expect(report.notes.join()).toMatch(/the policy was not read.*no-such-directory/);
  });

  it("says that a permission was already stopped, and by whom", async () => {
    await stop({ all: true, ...WHY });
    const again = await stop({ all: true, reason: "me too", by: "ben" });
    expect(again.stopped).toMatchObject([{ by: "ada", reason: "double refunds" }]);
    expect(again.notes.join()).toMatch(/was already stopped/);
  });

  it.each<[string, Partial<StopArguments>]>([
    ["without a permission", WHY],
    ["with all and one permission", { all: true, permission: ["orders:read"], ...WHY }],
    ["without a reason", { all: true, by: "ada" }],
    ["with a reason that every request would read for long", { all: true, reason: "x".repeat(201) }],
    ["where it only shows, with a permission", { all: true, show: true }],
  ])("does not run %s", async (_what, options) => {
    await expect(stop(options)).rejects.toMatchObject({ code: "command_usage" });
    expect(calls).toEqual([]);
  });
});

describe("claimgate resume", () => {
  it("resumes what was named, and shows what stays stopped", async () => {
    await stop({ permission: ["orders:delete", "orders:*"], ...WHY });
    const report = await resume({ permission: ["orders:*"] });
    expect({ outcome: report.outcome, stopped: permissions(report) }).toEqual({
      outcome: "resumed",
      stopped: ["orders:delete"],
    });
    expect(permissions(await resume({ permission: ["orders:delete"] }))).toEqual([]);
  });

  it("shows what a dry run would leave stopped, and writes nothing", async () => {
    await stop({ all: true, ...WHY });
    expect(await resume({ all: true, dryRun: true })).toMatchObject({ outcome: "planned", stopped: [] });
    expect(permissions(await stop({ show: true }))).toEqual(["*"]);
  });

  it("says that a resumed permission stays denied by a wider one", async () => {
    await stop({ permission: ["orders:delete", "*"], ...WHY });
    const { notes } = await resume({ permission: ["orders:delete"] });
    expect(notes.join()).toMatch(/orders:delete stays denied: \* is stopped/);
  });

  it.each([
    ["orders:delete", "orders:*", /not stopped by itself: `orders:\*` is/],
    ["orders:*", "*", /not stopped by itself: `\*` is/],
    ["orders:delete", "*:delete", /not stopped by itself: `\*:delete` is/],
    ["orders:*", "orders:delete", /`orders:\*` is not stopped/],
    ["*", "orders:delete", /`\*` is not stopped/],
  ])(
    "refuses `%s` while `%s` is stopped: exactly what is stopped is resumed",
    async (asked, real, message) => {
      await stop({ permission: [real], ...WHY });
      await expect(resume({ permission: [asked] })).rejects.toMatchObject({
        message: expect.stringMatching(message) as string,
      });
      expect(permissions(await stop({ show: true }))).toEqual([real]);
    },
  );

  it("says that nothing is stopped", async () => {
    await expect(resume({ all: true })).rejects.toMatchObject({ message: "nothing is stopped" });
  });

  it("is the way back from an entry that cannot be read, but only as a whole", async () => {
    items.set(STOP_KEY, { key: { S: STOP_KEY } });
    expect(await stop({ show: true })).toMatchObject({ stopped: null });
    await expect(resume({ permission: ["orders:delete"] })).rejects.toMatchObject({
      fix: expect.stringMatching(/resume --all/) as string,
    });
    expect(await resume({ all: true })).toMatchObject({ outcome: "resumed", stopped: [] });
    expect(items.size).toBe(0);
  });

  it("removes names that are not permissions with what they stop: everything", async () => {
    await stop({ permission: ["orders:delete"], ...WHY });
    const stops = { M: { "orders:delete": { M: {} }, "order delete": { M: {} } } };
    items.set(STOP_KEY, { key: { S: STOP_KEY }, stops });
    const shown = await stop({ show: true });
    expect(shown.notes.join()).toMatch(
      /`order delete` is not a permission pattern, so everything is stopped/,
    );
    expect(shown.routes?.length).toBeGreaterThan(10);
    expect(permissions(await resume({ all: true }))).toEqual(["orders:delete"]);
  });
});

it("prints for people what is stopped, by whom and why, and the routes", async () => {
  const { context, written } = contextIn(process.cwd());
  await runStop(context, { ...COMMON, permission: ["orders:delete"], ...WHY }, stageOf);
  expect(written()).toMatch(/stopped orders:delete {3}ada, 2\d{3}-.*, double refunds/);
  expect(written()).toMatch(/denied to everyone: \d+ routes? of the policy in this directory/);
  expect(written()).toMatch(/takes effect with the next request/);
});
