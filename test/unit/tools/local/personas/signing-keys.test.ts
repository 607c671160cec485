import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signingKeys as publishedKeys } from "../../../../../src/token/published-keys.ts";
import { localMinter } from "../../../../../src/tools/local/personas/local-minter.ts";
import { localSigningKey } from "../../../../../src/tools/local/personas/signing-key-file.ts";
import { localKeysCache, signingKeys } from "../../../../../src/tools/local/personas/signing-keys.ts";
import { StartError } from "../../../../../src/tools/local/start-error.ts";
import { jwksBytes, localVerifier, POOL_KEY, tokenOf } from "../../../../support/authorization.ts";
import { codeThrownBy } from "../../../../support/thrown.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-keys-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe("the key of the local pool", () => {
  test("is created on first use, for its owner only, and kept", () => {
    const first = localSigningKey(join(directory, "keys"));
    const second = localSigningKey(join(directory, "keys"));
    expect(second.publicJwk).toEqual(first.publicJwk);
    expect(statSync(join(directory, "keys", "private-key.pem")).mode & 0o777).toBe(0o600);
  });

  test("has its public half next to it, as the functions read it", async () => {
    const mint = localMinter(directory);
    const jwks = join(directory, "keys", "jwks.json");
    expect(readFileSync(jwks, "utf8")).not.toContain('"d"');
    expect((await localVerifier(localKeysCache(jwks)).verify(mint("alice", "token"))).kind).toBe("user");
  });

  test("is not read from a damaged file, and the error says what to do", () => {
    const file = join(directory, "private-key.pem");
    writeFileSync(file, "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n");
    expect(() => localSigningKey(directory)).toThrow(StartError);
    expect(() => localSigningKey(directory)).toThrow(`\`${file}\` contains no RSA key in PEM; delete it`);
  });

  test("signs for known personas only", () => {
    expect(() => localMinter(directory)("bob", "token")).toThrow(/no persona `bob`/);
  });
});

describe("the key set of local builds", () => {
  let server: Server;
  let status = 200;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.statusCode = status;
      response.end(Buffer.from(jwksBytes([POOL_KEY])));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;

  test("is read from an http server of this machine", async () => {
    expect((await localVerifier(localKeysCache(url())).verify(tokenOf("alice"))).kind).toBe("user");
  });

  test("that cannot be read is an outage, not a bad token", async () => {
    status = 500;
    const overHttp = localVerifier(localKeysCache(url())).verify(tokenOf("alice"));
    await expect(overHttp).rejects.toMatchObject({ code: "keys_unavailable" });
    status = 200;
    const missing = localVerifier(localKeysCache(join(directory, "none.json"))).verify(tokenOf("alice"));
    await expect(missing).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  test.each([
    "https://127.0.0.1/jwks.json",
    "http://example.com/jwks.json",
    "http://127.0.0.1.example.com/jwks.json",
    "http://localhost@example.com/jwks.json",
    "http://user:secret@127.0.0.1/jwks.json",
    "http://10.0.0.1/jwks.json",
    "HTTP://0.0.0.0/jwks.json",
    "ftp://127.0.0.1/jwks.json",
    "file:///etc/jwks.json",
  ])("is never fetched from %s", (place) => {
    expect(codeThrownBy(() => localKeysCache(place))).toBe("configuration_invalid");
  });

  test("must be named", () => {
    const before = process.env["CLAIMGATE_LOCAL_JWKS"];
    delete process.env["CLAIMGATE_LOCAL_JWKS"];
    expect(() => signingKeys()).toThrow(/`CLAIMGATE_LOCAL_JWKS`/);
    if (before !== undefined) process.env["CLAIMGATE_LOCAL_JWKS"] = before;
  });
});

test("deployed functions use what the pool publishes, whatever the environment says", () => {
  process.env["CLAIMGATE_LOCAL_JWKS"] = "/tmp/jwks.json";
  expect(publishedKeys()).toBeUndefined();
  delete process.env["CLAIMGATE_LOCAL_JWKS"];
});
