import { withPropertyTypes } from "../../../../src/tools/stack/property-types.ts";

const client = (properties: unknown) => ({
  Client: { Type: "AWS::Cognito::UserPoolClient", DependsOn: ["Other"], Properties: properties },
});

describe("properties that come from parameters", () => {
  it("are numbers and lists where the resource type wants such, also deep in a property", () => {
    expect(
      withPropertyTypes(
        client({
          AccessTokenValidity: "15",
          RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: "10" },
          CallbackURLs: "https://a.example,https://b.example",
          ClientName: "42",
        }),
      ),
    ).toEqual(
      client({
        AccessTokenValidity: 15,
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
        CallbackURLs: ["https://a.example", "https://b.example"],
        ClientName: "42",
      }),
    );
  });

  it.each([
    ["what is right already", { AccessTokenValidity: 15, CallbackURLs: ["https://a.example"] }],
    ["what only AWS can tell", { AccessTokenValidity: { Ref: "Minutes" }, CallbackURLs: { Ref: "Urls" } }],
    ["what is no number", { AccessTokenValidity: "soon" }],
    ["what is not there", {}],
  ])("stay as they are: %s", (_what, properties) => {
    expect(withPropertyTypes(client(properties))).toEqual(client(properties));
  });

  it("are numbers in each item of a list", () => {
    const stage = (rate: unknown) => ({
      Stage: {
        Type: "AWS::ApiGateway::Stage",
        Properties: {
          MethodSettings: [{ HttpMethod: "*", ThrottlingRateLimit: rate }, { HttpMethod: "GET" }],
        },
      },
    });
    expect(withPropertyTypes(stage("100"))).toEqual(stage(100));
  });

  it("are found in every item of a list too", () => {
    const bucket = (...rules: unknown[]) => ({
      Files: { Type: "AWS::S3::Bucket", Properties: { CorsConfiguration: { CorsRules: rules } } },
    });
    const one = { AllowedOrigins: "https://a.example", MaxAge: 600 };
    expect(withPropertyTypes(bucket(one, { AllowedOrigins: ["*"] }))).toEqual(
      bucket({ ...one, AllowedOrigins: ["https://a.example"] }, { AllowedOrigins: ["*"] }),
    );
    expect(withPropertyTypes({ Files: { Type: "AWS::S3::Bucket", Properties: {} } })).toEqual({
      Files: { Type: "AWS::S3::Bucket", Properties: {} },
    });
  });

  it("of other resource types stay as they are", () => {
    const resources = { Topic: { Type: "AWS::SNS::Topic", Properties: { AccessTokenValidity: "15" } } };
    expect(withPropertyTypes(resources)).toEqual(resources);
  });
});
