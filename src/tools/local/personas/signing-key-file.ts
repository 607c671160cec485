import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeyPair, jwksOf, type SigningKey, signingKeyOf } from "../../cognito/tokens/signing.ts";
import { hasCode } from "../error-code.ts";
import { StartError } from "../start-error.ts";

const KEY_ID = "claimgate-local";

/**
 * The key that signs local tokens. It is in `directory` (e.g. `.local/keys`, ignored by git) as `private-key.pem`
 * (mode 0600) and created on first use; `jwks.json` beside it is the public half, for CLAIMGATE_LOCAL_JWKS. It signs
 * for a pool that exists on this machine only, and no deployed function trusts it.
 *
 * @throws StartError if the file contains no RSA key
 * @throws Error of the file system
 */
export function localSigningKey(directory: string): SigningKey {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "private-key.pem");
  const pem = readIfThere(file) ?? createKeyFile(directory, file);
  const key = keyIn(pem, file);
  writeJwks(directory, key);
  return key;
}

function keyIn(pem: string, file: string): SigningKey {
  try {
    const privateKey = createPrivateKey(pem);
    return signingKeyOf(KEY_ID, { privateKey, publicKey: createPublicKey(privateKey) });
  } catch (cause) {
    throw new StartError(
      `\`${file}\` contains no RSA key in PEM; delete it, and the next start creates another, with which former tokens are not valid`,
      { cause },
    );
  }
}

/** Two concurrent first uses get the same key: the second finds the name taken and reads the file. */
function createKeyFile(directory: string, file: string): string {
  const draft = join(directory, `${randomUUID()}.tmp`);
  const pem = createKeyPair(KEY_ID).privateKey.export({ type: "pkcs8", format: "pem" });
  writeFileSync(draft, pem, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, "utf8");
}

/** Replaced atomically, so that a concurrent reader sees the old or the new one. */
function writeJwks(directory: string, key: SigningKey): void {
  const file = join(directory, "jwks.json");
  const text = `${JSON.stringify(jwksOf([key]), null, 2)}\n`;
  if (readIfThere(file) === text) return;
  const draft = join(directory, `${randomUUID()}.tmp`);
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
