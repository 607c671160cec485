import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";

// examples/web is built in a copy next to the clients that are installed here, with the package as it is published.

const copy = mkdtempSync("test/cognito-clients/web-");
cpSync("examples/web", copy, { recursive: true });
after(() => rmSync(copy, { recursive: true }));
const staged = join(copy, "node_modules/claimgate");
execFileSync(process.execPath, ["--import", "tsx", "src/tools/packaging/stage-package.ts", staged]);

const run = (file: string, ...options: readonly string[]) =>
  spawnSync(process.execPath, [file, ...options], { cwd: copy, encoding: "utf8" });

const build = (...options: readonly string[]) => run("build.mjs", ...options);

describe("examples/web", () => {
  for (const client of ["oidc", "amplify"]) {
    it(`is built with the sign-in of ${client}`, () => {
      const { status, stderr } = build("--client", client);

      assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
      assert.ok(existsSync(join(copy, "dist/index.html")));
      assert.ok(statSync(join(copy, "dist/app.js")).size > 10_000);
    });
  }

  it("has the types of both clients", () => {
    const { status, stdout } = run("../../../node_modules/typescript/bin/tsc");

    assert.deepEqual({ status, stdout }, { status: 0, stdout: "" });
  });

  it("is not built for a stage that has no file, or with a client that it does not have", () => {
    assert.match(
      build("--env", ".env.nowhere").stderr,
      /^\.env\.nowhere cannot be read; copy \.env\.example/,
    );
    assert.match(build("--client", "other").stderr, /^--client: expected oidc or amplify, not `other`/);
  });
});
