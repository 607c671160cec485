import { readFile } from "node:fs/promises";

import { ConfigurationError } from "../../../errors.ts";
import { required } from "../../../lambda/environment.ts";
import { jwksCacheFrom } from "../../../token/custom-keys.ts";
import type { KeysCache } from "../../../token/signing-keys-cache.ts";

/** How long the local pool may take to answer, in milliseconds. */
const FETCH_TIMEOUT = 3000;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** What a function may find in the environment of a developer's machine, besides its own variables. */
export const localVariables: ReadonlySet<string> = new Set([
  "CLAIMGATE_BUNDLED_PLUGIN",
  "CLAIMGATE_LOCAL_DATA",
  "CLAIMGATE_LOCAL_GATEWAYS",
  "CLAIMGATE_LOCAL_JWKS",
  "CLAIMGATE_LOCAL_POLICY",
  "CLAIMGATE_POLICIES",
]);

/**
 * The key source of local builds: the URL or the file that CLAIMGATE_LOCAL_JWKS names. Packaged builds do not contain
 * this module: there `#signing-keys` is src/token/published-keys.ts.
 *
 * @throws ConfigurationError if the variable is missing or names a host other than this machine
 */
export function signingKeys(): KeysCache | undefined {
  return localKeysCache(required(process.env, "CLAIMGATE_LOCAL_JWKS"));
}

/**
 * The same for a given place: an http URL of this machine, or a file.
 *
 * @param now milliseconds of a monotonic clock
 * @throws ConfigurationError
 */
export function localKeysCache(place: string, now?: () => number): KeysCache {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(place)) {
    return jwksCacheFrom(async () => exactBytes(await readFile(place)), now);
  }
  const url = loopbackUrl(place);
  return jwksCacheFrom(async () => {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(FETCH_TIMEOUT) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.arrayBuffer();
  }, now);
}

function loopbackUrl(place: string): URL {
  const url = URL.canParse(place) ? new URL(place) : undefined;
  if (url?.protocol === "http:" && LOOPBACK.has(url.hostname) && url.username === "" && url.password === "") {
    return url;
  }
  throw new ConfigurationError(
    "environment variable `CLAIMGATE_LOCAL_JWKS` is neither a file nor an http URL of this machine",
  );
}

/** A buffer may be a slice of a larger pool of bytes: only its own part is the file. */
function exactBytes(buffer: Buffer): ArrayBuffer {
  const bytes = new ArrayBuffer(buffer.byteLength);
  new Uint8Array(bytes).set(buffer);
  return bytes;
}
