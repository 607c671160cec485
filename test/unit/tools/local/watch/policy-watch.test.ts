import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type PolicyEdit,
  policyStamp,
  watchPolicies,
} from "../../../../../src/tools/local/watch/policy-watch.ts";
import { until } from "../../../../support/local-stack-process.ts";

const directory = join(mkdtempSync(join(tmpdir(), "claimgate-watch-")), "policies");
const file = join(directory, "roles.csv");
const edits: PolicyEdit[] = [];
const kept: string[] = [];
let stop: () => void;

beforeAll(() => {
  cpSync("policies", directory, { recursive: true });
  rmSync(join(directory, "model.conf"));
  stop = watchPolicies(
    directory,
    (edit) => edits.push(edit),
    ({ policy }) => kept.push(policy.version),
  );
});

afterAll(() => {
  stop();
  rmSync(join(directory, ".."), { recursive: true, force: true });
});

const kinds = () => edits.map(({ kind }) => kind);

/** As many editors save: a new file takes the place of the old one. */
function replaceFile(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

test("every edit is reported, however it was saved, except one that changes nothing", async () => {
  const original = readFileSync(file, "utf8");

  replaceFile(original.replace("orders:create, allow", "orders:create, Allow"));
  await until("refused", () => kinds().join() === "refused");
  expect(edits[0]).toMatchObject({ findings: [expect.stringContaining("did you mean `allow`?")] });

  writeFileSync(file, original);
  await until("accepted", () => kinds().join() === "refused,accepted");

  replaceFile(`${original}\n# a comment more\n`);
  writeFileSync(file, original.replace("p, role:customer, orders:create, allow\n", ""));
  await until("accepted again", () => kinds().join() === "refused,accepted,accepted");

  const groups = join(directory, "groups.yaml");
  writeFileSync(groups, `# a comment more\n${readFileSync(groups, "utf8")}`);
  writeFileSync(groups, readFileSync(groups, "utf8").replace("precedence: 20", "precedence: 30"));
  await until("another precedence", () => kinds().length === 4);
  expect(edits[3]).toMatchObject({
    kind: "accepted",
    groups: expect.arrayContaining([expect.objectContaining({ name: "finance", precedence: 30 })]) as unknown,
  });

  const accepted = edits.flatMap((edit) => (edit.kind === "accepted" ? [edit.version] : []));
  expect(new Set(kept)).toEqual(new Set(accepted));

  writeFileSync(join(directory, "model.conf"), "[matchers]\nm = true\n");
  await until(
    "refused with an edited model",
    () => kinds().join() === "refused,accepted,accepted,accepted,refused",
  );
});

test("an edit from before the watch began is reported if the earlier state is given", async () => {
  const own = join(mkdtempSync(join(tmpdir(), "claimgate-watch-")), "policies");
  cpSync("policies", own, { recursive: true });
  const since = policyStamp(own);
  writeFileSync(join(own, "more.csv"), "p, role:customer, orders:list, allow\n");
  const told: PolicyEdit[] = [];
  const unwatch = watchPolicies(
    own,
    (edit) => told.push(edit),
    () => undefined,
    since,
  );
  try {
    await until("told", () => told.length === 1);
  } finally {
    unwatch();
    rmSync(join(own, ".."), { recursive: true, force: true });
  }
});
