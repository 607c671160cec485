import fc from "fast-check";
import { drawn } from "../support/drawn.ts";
import { proven } from "../support/proven-pair.ts";
import { fewerRoutes, finerPair, tenantPair } from "../support/route-changes.ts";

// `npm run test:proof -- --pairs 100000` is the long form, over smaller pairs.

describe.each([
  ["conditions and apps", fewerRoutes, false, drawn(96, 5)],
  ["roles in a tenant", tenantPair, true, drawn(96, 5)],
  ["routes that one of them refines", finerPair, false, drawn(960)],
] as const)("the proof of two policies with %s", (_, pairs, withTenants, runs) => {
  it("finds a difference if and only if some possible token shows one", () => {
    const seen = { equal: 0, wider: 0, narrower: 0, both: 0 };
    fc.assert(
      fc.property(pairs, (pair) => {
        const { proof, said, tried } = proven(pair, withTenants);
        expect(proof.unproven).toEqual([]);
        expect(said).toEqual(tried);
        seen[said.wider ? (said.narrower ? "both" : "wider") : said.narrower ? "narrower" : "equal"] += 1;
      }),
      { ...runs, endOnFailure: true },
    );
    expect(seen.equal).toBeGreaterThan(0);
    expect(seen.wider + seen.narrower + seen.both).toBeGreaterThan(0);
  });
});
