import { createPrivateKey, createPublicKey, randomUUID } from "node:crypto";
import { objectOf, textOf } from "../../../json.ts";
import type { Store } from "../directory/journal.ts";
import { createKeyPair, type SigningKey, signingKeyOf } from "./signing.ts";
import type { KeyRing, PoolKeys } from "./token-issuer.ts";

const COLLECTION = "keys";

/** A key ring that can be given new keys. */
export interface RotatingKeyRing extends KeyRing {
  /** From now on new keys sign. Tokens of the old ones stay valid: their keys stay published. */
  rotate(): void;
}

/** The keys of a pool, kept with its records: tokens outlive a restart. */
export function storedKeyRing(store: Store): RotatingKeyRing {
  // In the order of their making: the last pair signs.
  const pairs = [...store.entries(COLLECTION).values()].map(pairOf);
  const make = () => {
    const name = randomUUID();
    const pair = { access: createKeyPair(`${name}-access`), id: createKeyPair(`${name}-id`) };
    store.put(COLLECTION, name, { access: recordOf(pair.access), id: recordOf(pair.id) });
    pairs.push(pair);
    return pair;
  };
  return {
    current: () => pairs.at(-1) ?? make(),
    published: () => (pairs.length === 0 ? [make()] : pairs).flatMap(({ id, access }) => [id, access]),
    rotate: () => {
      make();
    },
  };
}

const recordOf = ({ kid, privateKey }: SigningKey) => ({
  kid,
  pem: privateKey.export({ type: "pkcs8", format: "pem" }),
});

function pairOf(record: unknown): PoolKeys {
  const { access, id } = objectOf(record);
  return { access: keyOf(access), id: keyOf(id) };
}

function keyOf(record: unknown): SigningKey {
  const { kid, pem } = objectOf(record);
  const privateKey = createPrivateKey(textOf(pem) ?? "");
  return signingKeyOf(textOf(kid) ?? "", { privateKey, publicKey: createPublicKey(privateKey) });
}
