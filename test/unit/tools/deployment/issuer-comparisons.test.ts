import type { JsonObject } from "../../../../src/json.ts";
import { issuerComparisons } from "../../../../src/tools/deployment/issuer-comparisons.ts";
import { comparedStage, POOL_ID, shortComparisons } from "../../../support/compared-stage.ts";

const compared = (variables: JsonObject, regions: readonly string[], Type?: string) =>
  shortComparisons(
    issuerComparisons(
      comparedStage(
        { Guard: { CLAIMGATE_USER_POOL_ID: POOL_ID, CLAIMGATE_APP_CLIENTS: '{"web":"1"}', ...variables } },
        {
          settings: Type === undefined ? {} : { IssuerConfiguration: { Type } },
          replicas: { read: true, value: regions },
        },
      ),
    ),
  );
const FINE = ["ok issuer-not-accepted Guard", "ok replica-missing Guard"];

describe("the issuers of a pool and the authorizers that accept them", () => {
  it("agree where the pool was never switched and has no replica", () => {
    expect(compared({}, [])).toEqual(FINE);
  });

  it("differ where the pool was switched to the updated form", () => {
    expect(compared({}, [], "UPDATED")).toContain("fail issuer-not-accepted Guard");
    expect(compared({ CLAIMGATE_ISSUER_FORMS: "original,updated" }, [], "UPDATED")).toEqual(FINE);
  });

  it("differ where a replica writes its own region and the authorizer does not list it", () => {
    expect(compared({ CLAIMGATE_ADDITIONAL_REGIONS: "eu-west-3" }, ["eu-west-3", "eu-central-1"])).toEqual([
      "ok issuer-not-accepted Guard",
      "fail issuer-not-accepted Guard",
    ]);
  });

  it("need no region in the updated form, in which every replica writes the primary one", () => {
    expect(compared({ CLAIMGATE_ISSUER_FORMS: "updated" }, ["eu-central-1"], "UPDATED")).toEqual(FINE);
  });

  it("differ where the authorizer lists a region without a replica", () => {
    expect(compared({ CLAIMGATE_ADDITIONAL_REGIONS: "eu-west-3" }, [])).toEqual([
      "ok issuer-not-accepted Guard",
      "warn replica-missing Guard",
    ]);
  });

  it("are not compared for a function that trusts another pool", () => {
    expect(compared({ CLAIMGATE_USER_POOL_ID: "eu-west-1_Other" }, [], "UPDATED")).toEqual([]);
  });

  it("are unknown where the replicas cannot be read", () => {
    const sides = comparedStage(
      { Guard: { CLAIMGATE_USER_POOL_ID: POOL_ID, CLAIMGATE_APP_CLIENTS: "{}" } },
      { replicas: { read: false, why: "denied" } },
    );
    expect(issuerComparisons(sides)).toContainEqual(expect.objectContaining({ unread: true }));
  });
});
