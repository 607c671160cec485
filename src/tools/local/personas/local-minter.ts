import { join } from "node:path";
import { mintToken, type TokenKind } from "./minting.ts";
import { personaNamed, readPersonas } from "./personas.ts";
import { localSigningKey } from "./signing-key-file.ts";

/** The personas that tokens can be minted for, from the directory in which the service runs. */
export const PERSONAS_FILE = "events/personas.json";

/**
 * Mints tokens of the local pool for personas, with the key in `directory`/keys.
 *
 * @param directory the data directory, e.g. `.local`
 * @returns mints by name of the persona and kind of the token; throws ConfigurationError for an unknown name
 */
export function localMinter(
  directory: string,
  personasFile: string = PERSONAS_FILE,
): (name: string, kind: TokenKind) => string {
  const personas = readPersonas(personasFile);
  const key = localSigningKey(join(directory, "keys"));
  return (name, kind) => mintToken(kind, personaNamed(personas, name), key, Math.floor(Date.now() / 1000));
}
