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
  const tried = triedEverything(pair, withTenants);
  return {
    proof,
    said,
    tried: {
      wider: tried.wider || isOfPermission(proof.wider),
      narrower: tried.narrower || isOfPermission(proof.narrower),
    },
  };
}

/** Whether some possible token is answered differently, by every token, request and permission of a small world. */
function triedEverything(pair: PolicyPair, withTenants: boolean): Differences {
  const world = possibleTokens(withTenants);
  const said = { wider: false, narrower: false };
  for (const differences of [answers(pair, world), held(pair, world)]) {
    for (const { gains } of differences) {
      said[gains ? "wider" : "narrower"] = true;
      if (said.wider && said.narrower) return said;
    }
  }
  return said;
}

/** Handlers may pass any values, and only some of them are tried here; the engine has answered for the others. */
function isOfPermission(witness: Witness | undefined): boolean {
  return witness?.asked.kind === "permission";
}
