import { DecisionWatch } from "../../../../../src/tools/local/watch/decision-watch.ts";

const LINE = JSON.stringify({
  kind: "decision",
  effect: "deny",
  reason: "denied_by_row",
  permissions: ["orders:refund"],
  determining: [{ at: "policies/roles.csv:31", digest: "x" }],
});

test("a decision that has arrived, and one that arrives later", async () => {
  const watch = new DecisionWatch();
  watch.line("some chatter");
  watch.line("{ not json");
  watch.line('{"kind":"something-else"}');
  watch.line(LINE);

  expect(await watch.next()).toMatchObject({ effect: "deny", determining: ["policies/roles.csv:31"] });

  const later = watch.next();
  watch.line(LINE);
  expect(await later).toMatchObject({ permissions: ["orders:refund"] });
});

test("no decision in time is undefined, and a late one does not answer the next call", async () => {
  const watch = new DecisionWatch();

  expect(await watch.next(1)).toBeUndefined();
  watch.line(LINE);
  watch.clear();
  expect(await watch.next(1)).toBeUndefined();
});
