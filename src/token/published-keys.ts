import type { KeysCache } from "./signing-keys-cache.ts";

/**
 * The keys of the user pool in deployed functions: undefined, which means the JWKS that the pool publishes over HTTPS.
 * Local builds resolve the import `#signing-keys` to another module with the same exports, which packaged builds do not
 * contain.
 */
export function signingKeys(): KeysCache | undefined {
  return undefined;
}

/** The variables of the local stack, which a deployed function does not know. */
export const localVariables: ReadonlySet<string> = new Set();
