import fc from "fast-check";
import { drawn } from "../support/drawn.ts";
import { proven } from "../support/proven-pair.ts";
import { fewerRoutes, tenantPair } from "../support/route-changes.ts";

// `npm run test:proof -- --pairs 100000` is the long form, over smaller pairs.

describe.each([
  ["conditions and apps", fewerRoutes, false],
  ["roles in a tenant", tenantPair, true],
] as const)("the proof of two policies with %s", (_, pairs, withTenants) => {
  it("finds a difference if and only if some possible token shows one", () => {
    const seen = { equal: 0, wider: 0, narrower: 0, both: 0 };
    fc.assert(
      fc.property(pairs, (pair) => {
        const { proof, said, tried } = proven(pair, withTenants);
        expect(proof.unproven).toEqual([]);
        expect(said).toEqual(tried);
        seen[said.wider ? (said.narrower ? "both" : "wider") : said.narrower ? "narrower" : "equal"] += 1;
      }),
      { ...drawn(96, 5), endOnFailure: true },
    );
    expect(seen.equal).toBeGreaterThan(0);
    expect(seen.wider + seen.narrower + seen.both).toBeGreaterThan(0);
  });
});
