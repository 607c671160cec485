/** The keys of the pool: the first one leaves, the third one comes while others are made up. */
export const KEYS = ["key-1", "key-2", "key-3"] as const;

type KeyId = (typeof KEYS)[number];

/** A part of a run. It lasts until both its share of the invocations and its condition are reached. */
export interface Phase {
  readonly name: string;
  /** Of the invocations of the run. */
  readonly share: number;
  readonly published: readonly KeyId[];
  /** Good tokens are signed by any of these. */
  readonly signers: readonly KeyId[];
  /** Whether some tokens name keys that no pool has. */
  readonly madeUpKeys: boolean;
  readonly outage?: boolean;
  /** What happens at its start beside a change of the keys. */
  readonly starts?: "a-cold-environment" | "the-next-version";
  /** What every environment must have reached before it ends. */
  readonly until?:
    | "has-key-2"
    | "lacks-key-1"
    | "has-key-3"
    | "failed-to-fetch"
    | "fetched"
    | "next-version-answers";
}

const first = { published: ["key-1"], signers: ["key-1"], madeUpKeys: false } as const;
const second = { published: ["key-2"], signers: ["key-2"], madeUpKeys: true } as const;
const third = { published: ["key-2", "key-3"], signers: ["key-2", "key-3"], madeUpKeys: true } as const;
const both = ["key-1", "key-2"] as const;

/**
 * The order of events. No key is made up before the first rotation: its new key is fetched with the first token that
 * names it. The second rotation happens among made-up keys, where the new key may be refused for ten seconds.
 */
export const PHASES: readonly Phase[] = [
  { name: "one key", share: 0.15, ...first },
  { name: "new key published", share: 0.1, ...first, published: both, signers: both, until: "has-key-2" },
  { name: "old key withdrawn", share: 0.1, ...second, signers: both, until: "lacks-key-1" },
  { name: "made-up keys", share: 0.1, ...second },
  { name: "policy swap", share: 0.05, ...second, starts: "the-next-version", until: "next-version-answers" },
  { name: "new policy", share: 0.15, ...second },
  {
    ...{ name: "JWKS outage", share: 0.1, ...second, outage: true },
    ...{ starts: "a-cold-environment", until: "failed-to-fetch" },
  },
  { name: "JWKS back", share: 0.05, ...second, until: "fetched" },
  { name: "new key among made-up ones", share: 0.1, ...third, until: "has-key-3" },
  { name: "to the end", share: 0.1, ...third },
];
