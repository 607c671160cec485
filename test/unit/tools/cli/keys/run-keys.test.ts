import { jwksCacheFrom } from "../../../../../src/token/custom-keys.ts";
import { type KeysArguments, runKeys } from "../../../../../src/tools/cli/keys/run-keys.ts";
import { createKeyPair } from "../../../../../src/tools/cognito/tokens/signing.ts";
import { jwksBytes, POOL_KEY } from "../../../../support/authorization.ts";
import { contextIn } from "../../../../support/command-context.ts";
import { type ProjectFolder, projectFolder } from "../../../../support/project-folder.ts";

const POOL = "eu-west-1_AbCdEfGhI";
const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
const START = Date.parse("2026-11-29T09:00:00.000Z");
const DAY = 86_400_000;

function asked(directory: string, options: Partial<KeysArguments> = {}, days = 0, keys = [POOL_KEY]) {
  const format = options.format ?? "pretty";
  const { context, written } = contextIn(directory, format);
  const fetched: string[] = [];
  const cache = jwksCacheFrom((uri) => {
    fetched.push(uri);
    return Promise.resolve(jwksBytes(keys));
  });
  const now = () => START + days * DAY;
  const code = () => runKeys(context, [POOL], { form: "original", ...options, format }, { cache, now });
  return { code, written, fetched };
}

describe("claimgate keys", () => {
  let project: ProjectFolder;
  beforeEach(() => {
    project = projectFolder("-keys");
  });
  afterEach(() => project.remove());

  it("prints the value of the variable", async () => {
    const { code, written, fetched } = asked(process.cwd());
    expect(await code()).toBe(0);
    expect(JSON.parse(written())).toMatchObject({
      fetchedAt: "2026-11-29T09:00:00.000Z",
      keySets: { [ISSUER]: { keys: [{ kid: POOL_KEY.kid, kty: "RSA" }] } },
    });
    expect(fetched).toEqual([`${ISSUER}/.well-known/jwks.json`]);
  });

  it("asks the updated form", async () => {
    const { code, fetched } = asked(process.cwd(), { form: "updated" });
    await code();
    expect(fetched).toEqual([
      `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL}/.well-known/jwks.json`,
    ]);
  });

  it("writes a file, and says later whether it is current", async () => {
    const { folder } = project;
    const first = asked(folder, { output: "keys.txt" });
    expect(await first.code()).toBe(0);
    expect(first.written()).toContain("wrote keys.txt");
    const before = project.read("keys.txt");

    const days = async (after: number, keys = [POOL_KEY]) => {
      const { code, written } = asked(folder, { check: "keys.txt" }, after, keys);
      return [await code(), written().trim()];
    };
    expect(await days(24)).toEqual([0, "keys.txt is current: fetched 24 days ago"]);
    expect(await days(25)).toEqual([2, expect.stringContaining("written 25 days ago: write it again")]);
    expect(await days(0, [createKeyPair("new")])).toEqual([2, expect.stringContaining("other keys")]);
    expect(project.read("keys.txt")).toBe(before);
  });

  it("says the same as JSON", async () => {
    const { code, written } = asked(process.cwd(), { format: "json" });
    await code();
    expect(JSON.parse(written())).toMatchObject({
      keySets: [{ issuer: ISSUER, keys: [POOL_KEY.kid] }],
      file: null,
      current: null,
      value: expect.stringContaining(ISSUER) as string,
    });
  });

  it.each<[string, Partial<KeysArguments>, string]>([
    ["an unknown form", { form: "new" }, "command_usage"],
    ["a file to check that is missing", { check: "missing.txt" }, "command_usage"],
    ["a file to check that is damaged", { check: "damaged.txt" }, "command_usage"],
    ["a file that cannot be written", { output: "missing/keys.txt" }, "file_not_written"],
  ])("refuses %s", async (_what, options, code) => {
    const { folder } = project;
    project.write("damaged.txt", "{");
    await expect(asked(folder, options).code()).rejects.toMatchObject({ code });
  });

  it("cannot run where the pool does not answer", async () => {
    const { context } = contextIn(process.cwd());
    const cache = jwksCacheFrom(() => Promise.reject(new Error("no network")));
    const run = runKeys(context, [POOL], { form: "original", format: "pretty" }, { cache });
    await expect(run).rejects.toMatchObject({ code: "keys_unavailable", fix: expect.any(String) as string });
  });
});
