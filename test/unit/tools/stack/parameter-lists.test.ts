import { withLists } from "../../../../src/tools/stack/parameter-lists.ts";

const client = (properties: unknown) => ({
  Client: { Type: "AWS::Cognito::UserPoolClient", DependsOn: ["Other"], Properties: properties },
});
const bucket = (...rules: unknown[]) => ({
  Files: { Type: "AWS::S3::Bucket", Properties: { CorsConfiguration: { CorsRules: rules } } },
});

describe("properties that come from parameters", () => {
  it("are lists where the resource type wants such", () => {
    const text = { CallbackURLs: "https://a.example,https://b.example", ClientName: "a,b" };
    const list = { ...text, CallbackURLs: ["https://a.example", "https://b.example"] };
    expect(withLists(client(text))).toEqual(client(list));
  });

  it("are found in every item of a list", () => {
    const one = { AllowedOrigins: "https://a.example", MaxAge: 600 };
    expect(withLists(bucket(one, { AllowedOrigins: ["*"] }))).toEqual(
      bucket({ ...one, AllowedOrigins: ["https://a.example"] }, { AllowedOrigins: ["*"] }),
    );
  });

  it.each([
    ["what is a list already", client({ CallbackURLs: ["https://a.example"] })],
    ["what only AWS can tell", client({ CallbackURLs: { Ref: "Urls" } })],
    ["what is not there", client({})],
    ["a bucket without rules", { Files: { Type: "AWS::S3::Bucket", Properties: {} } }],
    ["other types", { Topic: { Type: "AWS::SNS::Topic", Properties: { CallbackURLs: "a" } } }],
  ])("stay as they are: %s", (_what, resources) => {
    expect(withLists(resources)).toEqual(resources);
  });
});
