import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectOf } from "../../src/json.ts";
import { invokeLocal } from "../../src/tools/local/recorder/sample-run.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-record-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const eventOf = (path: string) => objectOf(JSON.parse(readFileSync(path, "utf8")));

test("a sample runs by `sls invoke local`, with keys, orders and a user pool of its own", async () => {
  const run = invokeLocal(join(folder, "run"));
  const [denied, refused] = await Promise.all([
    run("httpAuthorizer", eventOf("events/http/customer-lists-orders.json")),
    run("preSignUp", eventOf("events/cognito/sign-up-address-denied.json")),
  ]);
  expect(denied.answer).toEqual({ isAuthorized: false });
  expect(denied.logged).toMatchObject([{ kind: "decision", effect: "deny" }]);
  expect(refused.answer).toMatchObject({ errorType: "PublicRefusal" });
  expect(refused.logged.at(-1)).toMatchObject({ kind: "sign-up-refused", reason: "address_not_allowed" });
});

test("a function that does not exist is an error with the words of the framework", async () => {
  const run = invokeLocal(join(folder, "run"));
  await expect(run("nothing", {})).rejects.toMatchObject({
    code: "run",
    message: expect.stringContaining("nothing") as string,
  });
});
