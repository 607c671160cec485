import { pinRestDeployment } from "../../../../src/tools/stack/rest-deployment.ts";

const api = { RestApiId: { Ref: "Api" } };
const template = (
  changes: Readonly<Record<string, object>> = {},
  deployment = "ApiGatewayDeployment1795549229630",
) => ({
  Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "dev-claimgate" } },
  Get: { Type: "AWS::ApiGateway::Method", Properties: { ...api, HttpMethod: "GET" } },
  Denied: { Type: "AWS::ApiGateway::GatewayResponse", Properties: { ...api, StatusCode: "403" } },
  Stage: {
    Type: "AWS::ApiGateway::Stage",
    Properties: { ...api, StageName: "dev", DeploymentId: { Ref: "ApiGatewayDeployment" } },
  },
  Key: { Type: "AWS::ApiGateway::ApiKey", DependsOn: deployment, Properties: {} },
  Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: "ApiGatewayDeployment" } },
  [deployment]: {
    Type: "AWS::ApiGateway::Deployment",
    Properties: { ...api, StageName: "dev" },
    DependsOn: ["Get"],
  },
  ...changes,
});

const deploymentIn = (resources: Readonly<Record<string, unknown>>) =>
  Object.keys(resources).find((id) => id.startsWith("ApiGatewayDeployment")) ?? "";

describe("the deployment of the REST API", () => {
  const pinned = pinRestDeployment(template());
  const id = deploymentIn(pinned);

  it("waits for everything that it takes a snapshot of, gateway responses included", () => {
    expect(pinned[id]).toEqual({
      Type: "AWS::ApiGateway::Deployment",
      Properties: api,
      DependsOn: ["Api", "Denied", "Get"],
    });
  });

  it("makes no stage by itself: the stage is a resource that refers to it", () => {
    expect(pinned["Stage"]).toMatchObject({ Properties: { StageName: "dev", DeploymentId: { Ref: id } } });
    expect(pinned["Key"]).toMatchObject({ DependsOn: id });
    expect(pinned["Topic"]).toEqual(template().Topic);
  });

  it("is the same one at the next deploy if nothing of the API changed, in whatever order it is written", () => {
    const later = template({}, "ApiGatewayDeployment1795550275219");
    expect(deploymentIn(pinRestDeployment(later))).toBe(id);
    expect(deploymentIn(pinRestDeployment(Object.fromEntries(Object.entries(later).reverse())))).toBe(id);
    const topic = { Topic: { Type: "AWS::SNS::Topic", Properties: {} } };
    expect(deploymentIn(pinRestDeployment(template(topic)))).toBe(id);
  });

  it.each([
    [
      "a gateway response",
      { Denied: { Type: "AWS::ApiGateway::GatewayResponse", Properties: { ...api, StatusCode: "404" } } },
    ],
    ["an authorizer", { New: { Type: "AWS::ApiGateway::Authorizer", Properties: api } }],
    ["a method", { Get: { Type: "AWS::ApiGateway::Method", Properties: { ...api, HttpMethod: "PUT" } } }],
  ])("is a new one when %s changes, so that the change reaches the stage", (_, changes) => {
    expect(deploymentIn(pinRestDeployment(template(changes)))).not.toBe(id);
  });

  it("is not there without a REST API", () => {
    const { Topic } = template();
    expect(pinRestDeployment({ Topic })).toEqual({ Topic });
  });
});
