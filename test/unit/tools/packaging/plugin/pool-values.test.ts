import {
  appClientsOf,
  poolArnOf,
  poolIdOf,
  poolLogicalId,
} from "../../../../../src/tools/packaging/plugin/pool-values.ts";
import { readSettings } from "../../../../../src/tools/packaging/plugin/settings.ts";

const AT = { file: "serverless.yml", line: 7, column: 3 };
const settings = (claimgate: unknown) => readSettings({ claimgate }, () => AT);
const CLIENT = "1h57kf5cpq17m0eml12example";
const RESOURCES = {
  WebClient: { Type: "AWS::Cognito::UserPoolClient" },
  Table: { Type: "AWS::DynamoDB::Table" },
};

describe("the user pool of the settings", () => {
  it("is a resource, by its logical id or by a reference", () => {
    for (const userPool of ["Pool", { Ref: "Pool" }]) {
      expect(poolLogicalId(settings({ userPool }))).toBe("Pool");
      expect(poolIdOf(settings({ userPool }), "groups")).toEqual({ Ref: "Pool" });
      expect(poolArnOf(settings({ userPool }))).toEqual({ "Fn::GetAtt": ["Pool", "Arn"] });
    }
  });

  it("is elsewhere, by its id or by any other value", () => {
    const byId = settings({ userPool: "eu-west-1_AbCdEfGhI" });
    expect(poolLogicalId(byId)).toBeUndefined();
    expect(poolIdOf(byId, "groups")).toBe("eu-west-1_AbCdEfGhI");
    const arn = "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/";
    expect(poolArnOf(byId)).toEqual({ "Fn::Sub": `${arn}eu-west-1_AbCdEfGhI` });
    const imported = { "Fn::ImportValue": "pool" };
    expect(poolIdOf(settings({ userPool: imported }), "groups")).toBe(imported);
    expect(poolArnOf(settings({ userPool: imported }))).toEqual({
      "Fn::Sub": [`${arn}\${UserPoolId}`, { UserPoolId: imported }],
    });
  });

  it("is missed where something needs it", () => {
    expect(() => poolIdOf(settings({}), "groups")).toThrow(
      "serverless.yml:7:3: `custom.claimgate.userPool` is missing, and `groups` needs it; write the logical id of the pool, or its id",
    );
  });
});

describe("the app clients of the settings", () => {
  const value = (appClients: unknown) => appClientsOf(settings({ appClients }), RESOURCES);

  it("are JSON, with what the deployment fills in", () => {
    expect(value({ old: CLIENT })).toBe(`{"old":"${CLIENT}"}`);
    expect(value({ web: "WebClient", old: CLIENT })).toEqual({
      "Fn::Sub": `{"web":"\${WebClient}","old":"${CLIENT}"}`,
    });
    expect(value({ web: "WebClient", other: { "Fn::ImportValue": "client" } })).toEqual({
      "Fn::Sub": [
        '{"web":"${WebClient}","other":"${Client1}"}',
        { Client1: { "Fn::ImportValue": "client" } },
      ],
    });
  });

  it("keep a name that looks like a reference as it is", () => {
    expect(value({ "${web}": "WebClient" })).toEqual({ "Fn::Sub": '{"${!web}":"${WebClient}"}' });
  });

  it.each([
    [
      { web: "WebCleint" },
      "`custom.claimgate.appClients.web` is `WebCleint`, which is not an app client of `resources`; did you mean `WebClient`?",
    ],
    [
      { web: "Table" },
      "`custom.claimgate.appClients.web` is `Table`, which is not an app client of `resources`; expected `WebClient`",
    ],
    [{}, "`custom.claimgate.appClients` is missing, and `authorizers` needs it"],
  ])("refuse %j", (appClients, message) => {
    expect(() => value(appClients)).toThrow(message);
  });

  it("expect an id where the service has no client", () => {
    expect(() => appClientsOf(settings({ appClients: { web: "WebClient" } }), {})).toThrow(
      "expected the id of an app client",
    );
  });
});
