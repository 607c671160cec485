import { withPropertyTypes } from "../../../../src/build/stack/property-types.ts";

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

  it("are lists in every item of a list", () => {
    const bucket = (...origins: unknown[]) => ({
      Files: {
        Type: "AWS::S3::Bucket",
        Properties: {
          CorsConfiguration: { CorsRules: origins.map((one) => ({ AllowedOrigins: one, MaxAge: 600 })) },
        },
      },
    });
    expect(
      withPropertyTypes(bucket("https://a.example,https://b.example", ["https://c.example"], "*")),
    ).toEqual(bucket(["https://a.example", "https://b.example"], ["https://c.example"], ["*"]));
    const plain = { Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: "x" } } };
    expect(withPropertyTypes(plain)).toEqual(plain);
  });

  it("of other resource types stay as they are", () => {
    const resources = { Topic: { Type: "AWS::SNS::Topic", Properties: { AccessTokenValidity: "15" } } };
    expect(withPropertyTypes(resources)).toEqual(resources);
  });
});
