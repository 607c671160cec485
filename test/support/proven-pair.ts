import { type PolicyProof, provePolicies } from "../../src/tools/access/proof/proof.ts";
import type { Witness } from "../../src/tools/access/proof/witness.ts";
import { policyOf } from "./judges.ts";
import { answers, held, type PolicyPair, possibleTokens } from "./route-changes.ts";

/** The directions in which two policies differ. */
interface Differences {
  readonly wider: boolean;
  readonly narrower: boolean;
}

/** What the proof says of a pair, and what every token, request and permission of a small world shows. */
export interface ProvenPair {
  readonly proof: PolicyProof;
  readonly said: Differences;
  readonly tried: Differences;
}

export function proven(pair: PolicyPair, withTenants: boolean): ProvenPair {
  const proof = provePolicies(policyOf(pair.before), policyOf(pair.after));
  const said = { wider: proof.wider !== undefined, narrower: proof.narrower !== undefined };
  const { must, may } = triedEverything(pair, withTenants);
  const tried = (direction: keyof Differences) =>
    must[direction] || (said[direction] && (may[direction] || isOfPermission(proof[direction])));
  return { proof, said, tried: { wider: tried("wider"), narrower: tried("narrower") } };
}

/**
 * Whether some possible token is answered differently, by every token, request and permission of a small world: what a
 * proof must say, and what it may.
 */
function triedEverything(
  pair: PolicyPair,
  withTenants: boolean,
): { readonly must: Differences; readonly may: Differences } {
  const world = possibleTokens(withTenants);
  const [must, may] = [
    { wider: false, narrower: false },
    { wider: false, narrower: false },
  ];
  for (const { gains, isExpected } of answers(pair, world)) {
    (isExpected ? must : may)[gains ? "wider" : "narrower"] = true;
    if (must.wider && must.narrower) return { must, may };
  }
  for (const { gains } of held(pair, world)) {
    must[gains ? "wider" : "narrower"] = true;
    if (must.wider && must.narrower) break;
  }
  return { must, may };
}

/** Handlers may pass any values, and only some of them are tried here; the engine has answered for the others. */
function isOfPermission(witness: Witness | undefined): boolean {
  return witness?.asked.kind === "permission";
}
