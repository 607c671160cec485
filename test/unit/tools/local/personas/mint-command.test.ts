import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { localKeysCache } from "../../../../../src/tools/local/personas/signing-keys.ts";
import { localVerifier } from "../../../../support/authorization.ts";

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "claimgate-token-"));
});
afterAll(() => {
  rmSync(data, { recursive: true });
});

/** What `npm run token -- …` runs. */
function token(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "src/tools/local/personas/mint-command.ts", ...words],
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const verify = (text: string) =>
  localVerifier(localKeysCache(join(data, "keys", "jwks.json"))).verify(text.trim());

describe("npm run token", () => {
  test("prints an access token that local functions accept", async () => {
    const { code, out } = await token("alice", "--data", data);
    expect(code).toBe(0);
    expect((await verify(out)).kind).toBe("user");
  });

  test.each([
    ["--id", "token_use_invalid"],
    ["--expired", "token_expired"],
  ])("prints with %s a token that they refuse: %s", async (option, code) => {
    const { out } = await token("alice", option, "--data", data);
    await expect(verify(out)).rejects.toMatchObject({ code });
  });

  test("lists the personas for an unknown name, and fails", async () => {
    const { code, out, err } = await token("bob", "--data", data);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/no persona `bob`; there are alice, sam/);
  });

  test("prints its help on standard output, or on standard error for a wrong call", async () => {
    expect(await token("--help")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^usage:/) as string,
    });
    expect(await token("--what")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/^usage:/) as string,
    });
    expect((await token()).code).toBe(1);
    expect((await token("alice", "sam")).code).toBe(1);
  });
});
