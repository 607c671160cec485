import type { PeerPolicy } from "../peer-policy.ts";
import type { Trust } from "../tokens.ts";

// What a bundle has in this module's place is written by ../bundles.ts: the policy and the keys of the run.

export const trust = {} as Trust;
export const policy = {} as PeerPolicy;
/** How many tokens a side remembers, where it can. */
export const memory = 0;
