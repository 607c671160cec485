import { audienceComparisons } from "../../../../src/tools/deployment/audience-comparisons.ts";
import { comparedStage, shortComparisons } from "../../../support/compared-stage.ts";

const API = "https://orders.example.com/";
const compared = (audiences: Readonly<Record<string, string>>, ...servers: readonly string[]) => {
  const functions = Object.fromEntries(
    Object.entries(audiences).map(([id, CLAIMGATE_AUDIENCE]) => {
      return [id, { CLAIMGATE_APP_CLIENTS: "{}", CLAIMGATE_AUDIENCE }] as const;
    }),
  );
  const value = servers.map((Identifier) => ({ Identifier }));
  return shortComparisons(
    audienceComparisons(comparedStage(functions, { resourceServers: { read: true, value } })),
  );
};

describe("tokens that name an API", () => {
  it("are checked by nobody where the pool has a resource server that an app can name", () => {
    expect(compared({ Http: "", Rest: "" }, "orders-api", API)).toEqual([
      "warn audience-unchecked Http",
      "warn audience-unchecked Rest",
    ]);
  });

  it("are accepted by an authorizer without a name next to one that has a name", () => {
    expect(compared({ Http: API, Rest: "" })).toEqual(["warn audience-unchecked Rest"]);
  });

  it("are checked by every authorizer with a name", () => {
    expect(compared({ Http: API }, API)).toEqual(["ok audience-unchecked"]);
  });

  it("are checked by nobody where the name of an authorizer is blank, as the authorizer reads it", () => {
    expect(compared({ Http: " " }, API)).toEqual(["warn audience-unchecked Http"]);
  });

  it("are not said to be checked where an authorizer cannot be read", () => {
    const sides = comparedStage({ Http: { CLAIMGATE_APP_CLIENTS: "{}", CLAIMGATE_AUDIENCE: API } });
    const functions = new Map([
      ...sides.deployment.functions,
      ["Rest", { read: false, why: "denied" }] as const,
    ]);
    const deployment = { ...sides.deployment, functions };
    expect(audienceComparisons({ ...sides, deployment })).toEqual([
      expect.objectContaining({ status: "skipped", unread: true, message: "could not be read: denied" }),
    ]);
  });

  it("do not exist where resource servers only have scopes", () => {
    expect(compared({ Http: "" }, "orders-api")).toEqual(["ok audience-unchecked"]);
  });
});
