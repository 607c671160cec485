import { withOwnWebsocketPermissions } from "../../../../src/tools/stack/websocket-permissions.ts";

const permission = (more: object = {}) => ({
  Type: "AWS::Lambda::Permission",
  DependsOn: ["WebsocketsApi", "FeedLambdaFunction", "FeedAlias"],
  Properties: { Principal: "apigateway.amazonaws.com", ...more },
});

describe("the permissions of a WebSocket API's functions", () => {
  it("are for the stack's own API, and wait for nothing that they refer to", () => {
    const resources = { WebsocketsApi: {}, FeedLambdaPermissionWebsockets: permission() };
    expect(withOwnWebsocketPermissions(resources)["FeedLambdaPermissionWebsockets"]).toEqual({
      Type: "AWS::Lambda::Permission",
      DependsOn: ["FeedAlias"],
      Properties: {
        Principal: "apigateway.amazonaws.com",
        SourceArn: { "Fn::Sub": expect.stringMatching(/:\$\{WebsocketsApi\}\/\*$/) as string },
      },
    });
  });

  it("are for the API whose id the service names, if it declares none", () => {
    const apiId = { "Fn::ImportValue": "chat-api" };
    const resources = { FeedLambdaPermissionWebsockets: permission() };
    expect(withOwnWebsocketPermissions(resources, apiId)["FeedLambdaPermissionWebsockets"]).toMatchObject({
      Properties: {
        SourceArn: { "Fn::Sub": [expect.stringMatching(/:\$\{ApiId\}\/\*$/), { ApiId: apiId }] },
      },
    });
  });

  it("stay as they are where they say whose they are, and where there is no such API", () => {
    const narrow = { WebsocketsApi: {}, FeedLambdaPermissionWebsockets: permission({ SourceArn: "arn" }) };
    expect(withOwnWebsocketPermissions(narrow)).toEqual(narrow);
    const none = { FeedLambdaPermissionWebsockets: permission(), Other: permission() };
    expect(withOwnWebsocketPermissions(none)).toBe(none);
  });
});
