import fc from "fast-check";
import { provePolicies } from "../../src/tools/access/proof/proof.ts";
import type { Witness } from "../../src/tools/access/proof/witness.ts";
import { drawn } from "../support/drawn.ts";
import { policyOf } from "../support/judges.ts";
import {
  answers,
  fewerRoutes,
  held,
  type PolicyPair,
  possibleTokens,
  tenantPair,
} from "../support/route-changes.ts";

/** Whether some possible token is answered differently, by every token, request and permission of a small world. */
function triedEverything(pair: PolicyPair, withTenants: boolean) {
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

describe.each([
  ["conditions and apps", fewerRoutes, false],
  ["roles in a tenant", tenantPair, true],
] as const)("the proof of two policies with %s", (_, pairs, withTenants) => {
  it("finds a difference if and only if some possible token shows one", () => {
    const seen = { equal: 0, wider: 0, narrower: 0, both: 0 };
    fc.assert(
      fc.property(pairs, (pair) => {
        const proof = provePolicies(policyOf(pair.before), policyOf(pair.after));
        expect(proof.unproven).toEqual([]);
        const said = { wider: proof.wider !== undefined, narrower: proof.narrower !== undefined };
        const tried = triedEverything(pair, withTenants);
        expect(said).toEqual({
          wider: tried.wider || isOfPermission(proof.wider),
          narrower: tried.narrower || isOfPermission(proof.narrower),
        });
        seen[said.wider ? (said.narrower ? "both" : "wider") : said.narrower ? "narrower" : "equal"] += 1;
      }),
      { ...drawn(96, 5), endOnFailure: true },
    );
    expect(seen.equal).toBeGreaterThan(0);
    expect(seen.wider + seen.narrower + seen.both).toBeGreaterThan(0);
  });
});
