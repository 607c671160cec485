import { join } from "node:path";
import { mintToken, type TokenKind } from "./minting.ts";
import { personaNamed, readPersonas } from "./personas.ts";
import { localSigningKey } from "./signing-key-file.ts";

/** Who there is to mint tokens for, from the directory that the service is run in. */
export const PERSONAS_FILE = "events/personas.json";

/**
 * Mints tokens of the local pool for personas, by the key kept under `directory`/keys.
 *
 * @param directory the data of the local world, e.g. `.local`
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
