// The authorizer as it is deployed, bundled with the policy, and asked with tokens of a user pool in this process.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { claimgatePolicy } from "claimgate/esbuild";
import { build } from "esbuild";
import { INVALID, verdictOf } from "./answer.mjs";
import { accessToken, environment, publishKeys } from "./user-pool.mjs";

const folder = mkdtempSync(join(tmpdir(), "authorizer-"));
let handler;

before(async () => {
  const outfile = join(folder, "authorizer.cjs");
  await build({
    entryPoints: ["src/authorizer.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    plugins: [claimgatePolicy()],
  });
  Object.assign(process.env, environment);
  publishKeys();
  ({ handler } = createRequire(import.meta.url)(outfile));
});
after(() => rmSync(folder, { recursive: true }));

/** What becomes of the recorded call `DELETE /notes/17` with a token. */
function ask(token) {
  const event = readFileSync("events/delete-note.json", "utf8").replaceAll("TOKEN", token);
  return verdictOf(() => handler(JSON.parse(event)));
}

test("an administrator deletes notes", async () => {
  assert.equal(await ask(accessToken("ada", ["admins"])), "allow");
});

test("a member does not", async () => {
  assert.equal(await ask(accessToken("alice", ["members"])), "deny");
});

test("a token that is not an access token of this pool is refused", async () => {
  assert.equal(await ask(accessToken("ada", ["admins"], { token_use: "id" })), INVALID);
  assert.equal(await ask(accessToken("ada", ["admins"], { client_id: "another" })), INVALID);
  assert.equal(await ask("rubbish"), INVALID);
});
