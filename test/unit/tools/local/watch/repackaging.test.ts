import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TemplatePool } from "../../../../../src/tools/cognito/config/from-template.ts";
import { StartError } from "../../../../../src/tools/local/start-error.ts";
import { Repackaging } from "../../../../../src/tools/local/watch/repackaging.ts";
import { serviceStamp, watchService } from "../../../../../src/tools/local/watch/service-watch.ts";
import { Screen } from "../../../../../src/tools/machine/screen.ts";
import { until } from "../../../../support/local-stack-process.ts";

const PLAN = {} as TemplatePool;

/** A service whose packaging the test ends, one after the other. */
function setUp() {
  let shown = "";
  const ends: { good: () => void; bad: (message: string) => void }[] = [];
  const screen = new Screen((text) => {
    shown += text;
  }, false);
  const packaging = new Repackaging(
    screen,
    () =>
      new Promise((resolve, reject) => {
        ends.push({ good: () => resolve(PLAN), bad: (message) => reject(new StartError(message)) });
      }),
  );
  return { packaging, ends, shown: () => shown };
}

test("a changed service is packaged once", async () => {
  const { packaging, ends } = setUp();
  packaging.serviceChanged();
  ends[0]?.good();

  expect(await packaging.done).toBe(PLAN);
});

test("a service that cannot be packaged is reported, and packaged again once the missing row is there", async () => {
  const { packaging, ends, shown } = setUp();
  packaging.serviceChanged();
  ends[0]?.bad("no g2 row opens GET /invoices\n\u001b[31m");
  await until("said", () => shown().includes("serverless.yml refused: the stack is unchanged"));
  expect(shown()).toContain("  no g2 row opens GET /invoices\n  \\u001b[31m\n");

  packaging.policyChanged();
  ends[1]?.good();

  expect(await packaging.done).toBe(PLAN);
});

test("a change during packaging makes the earlier package obsolete", async () => {
  const { packaging, ends } = setUp();
  packaging.serviceChanged();
  packaging.serviceChanged();
  packaging.policyChanged();
  expect(ends).toHaveLength(1);
  ends[0]?.good();
  await until("packaged again", () => ends.length === 2);
  ends[1]?.good();

  expect(await packaging.done).toBe(PLAN);
});

test("an edit of the policy alone packages nothing", () => {
  const { packaging, ends } = setUp();
  packaging.policyChanged();

  expect(ends).toHaveLength(0);
});

test("serverless.yml and what it is made of are watched, also for what changed before the watch began", async () => {
  const root = mkdtempSync(join(tmpdir(), "claimgate-service-"));
  mkdirSync(join(root, "resources"));
  writeFileSync(join(root, "serverless.yml"), "a");
  const since = serviceStamp(root);
  writeFileSync(join(root, "serverless.yml"), "ab");
  let changes = 0;
  const stop = watchService(root, since, () => {
    changes += 1;
  });
  try {
    await until("told of what was before", () => changes === 1);
    writeFileSync(join(root, "resources", "pool.yml"), "a");
    await until("told of a new fragment", () => changes === 2);
    rmSync(join(root, "serverless.yml"));
    await until("told that it is gone", () => changes === 3);
  } finally {
    stop();
    rmSync(root, { recursive: true, force: true });
  }
});
