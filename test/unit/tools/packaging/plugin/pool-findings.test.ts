import { printFinding } from "../../../../../src/tools/findings/finding.ts";
import { poolFindings } from "../../../../../src/tools/packaging/plugin/pool-findings.ts";
import { readSettings } from "../../../../../src/tools/packaging/plugin/settings.ts";

const RESOURCES = {
  Pool: { Type: "AWS::Cognito::UserPool" },
  Other: { Type: "AWS::Cognito::UserPool" },
  Chosen: {
    Type: "AWS::Cognito::UserPool",
    Properties: { LambdaConfig: { "Fn::If": ["Prod", {}, { Ref: "AWS::NoValue" }] } },
  },
  Web: clientOf({ Ref: "Pool" }),
  Foreign: clientOf({ "Fn::GetAtt": ["Other", "UserPoolId"] }),
  Written: clientOf("eu-west-1_Written"),
  Imported: clientOf({ "Fn::ImportValue": "pool" }),
  Abroad: clientOf("eu-central-1_Abroad"),
};

function clientOf(UserPoolId: unknown) {
  return { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId } };
}

/** The place of a setting is its path. */
function settingsOf(claimgate: unknown) {
  const placeOf = (path: readonly string[]) => ({ file: path.slice(2).join("."), line: 1, column: 1 });
  return readSettings({ claimgate }, placeOf, ["PoolId"]);
}

/** The findings of a stack in eu-west-1. */
const found = (claimgate: unknown) =>
  poolFindings(settingsOf(claimgate), { resources: RESOURCES, region: "eu-west-1" }).map(printFinding);

describe("the pool and the app clients of the settings", () => {
  it.each([
    ["nothing", {}],
    ["resources that belong together", { userPool: "Pool", appClients: { web: "Web" } }],
    ["references to them", { userPool: { "Fn::Sub": "${Pool}" }, appClients: { web: { Ref: "Web" } } }],
    ["a parameter", { userPool: { Ref: "PoolId" }, appClients: { web: "Web" }, triggers: ["preSignUp"] }],
    ["an imported pool", { userPool: { "Fn::ImportValue": "pool" }, appClients: { web: "Foreign" } }],
    ["an imported pool of the client", { userPool: "Pool", appClients: { web: "Imported" } }],
    ["an id that may be that of the resource", { userPool: "eu-west-1_Pool", appClients: { web: "Web" } }],
    [
      "a client with an id that may be that of the resource",
      { userPool: "Pool", appClients: { web: "Written" } },
    ],
    ["the same id twice", { userPool: "eu-west-1_Written", appClients: { web: "Written" } }],
    ["a client of another stack", { userPool: "Pool", appClients: { web: "1h57kf5cpq17m0eml12example" } }],
    ["authorizers for a pool of another region", { userPool: "eu-central-1_X", authorizers: ["http"] }],
  ])("agree for %s", (_, settings) => {
    expect(found(settings)).toEqual([]);
  });

  it.each([
    [
      { userPool: "Pol", appClients: { web: "Web" } },
      "userPool:1:1: `custom.claimgate.userPool` is `Pol`, which is not a user pool of the stack; did you mean `Pool`? [setting-value]",
    ],
    [
      { appClients: { web: "Wbe" } },
      "appClients.web:1:1: `custom.claimgate.appClients.web` is `Wbe`, which is not an app client of `resources`; did you mean `Web`? [setting-value]",
    ],
    [
      { appClients: { web: "Web", admin: { Ref: "Web" } } },
      "appClients.admin:1:1: `custom.claimgate.appClients.admin` is `Web`, which `web` is too; remove one: an app client has one name [setting-value]",
    ],
    [
      { userPool: "eu-central-1_X", triggers: ["preSignUp"], groups: true },
      "userPool:1:1: `custom.claimgate.userPool` is `eu-central-1_X`, but `triggers` and `groups` need a pool of eu-west-1, where the stack is deployed; name a pool of eu-west-1, or deploy to eu-central-1 [setting-value]",
    ],
    [
      { userPool: "eu-central-1_X", appClients: { web: "Web" } },
      "appClients.web:1:1: `custom.claimgate.appClients.web` is `Web`, an app client of the pool `Pool`, but `userPool` is `eu-central-1_X`, so its tokens would be refused; name an app client of `eu-central-1_X`, or set `userPool: Pool` [setting-value]",
    ],
    [
      { userPool: "Pool", appClients: { web: "Foreign" } },
      "`Foreign`, an app client of the pool `Other`, but `userPool` is `Pool`",
    ],
    [
      { userPool: "eu-west-1_Mine", appClients: { web: "Written" } },
      "`Written`, an app client of the pool `eu-west-1_Written`, but `userPool` is `eu-west-1_Mine`",
    ],
    [
      { userPool: "Pool", appClients: { web: "Abroad" } },
      "`Abroad`, an app client of the pool `eu-central-1_Abroad`, but `userPool` is `Pool`",
    ],
    [
      { userPool: "Chosen", triggers: ["preSignUp"] },
      "triggers:1:1: `custom.claimgate.triggers` cannot be wired: `LambdaConfig` of `Chosen` is a CloudFormation function; write it as a map, with the function in its entries",
    ],
  ])("are refused for %j", (settings, message) => {
    expect(found(settings)).toEqual([expect.stringContaining(message)]);
  });

  it("say nothing of a region that is not known", () => {
    const settings = { userPool: "eu-central-1_X", appClients: { web: "Web" }, groups: true };
    expect(poolFindings(settingsOf(settings), { resources: RESOURCES, region: undefined })).toEqual([]);
  });
});
