import { appClient, foundBy, ref } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("unsettled-condition", template);
const east = { "Fn::Equals": [ref("AWS::Region"), "us-east-1"] };

describe("unsettled-condition", () => {
  it("names the condition, the resource that depends on it and the value that does", () => {
    const template = {
      Conditions: { East: east },
      Resources: {
        Web: appClient({}, { Condition: "East" }),
        Other: appClient({
          CallbackURLs: [{ "Fn::If": ["East", "https://a.example", "https://b.example"] }],
        }),
      },
      Outputs: { Where: { Value: { "Fn::If": ["East", "east", "west"] } } },
    };
    expect(found(template)).toEqual([
      "Conditions.East: is left for AWS to evaluate",
      "Web: exists only if `East` is true",
      "Other.CallbackURLs.0: depends on a condition",
      "Where.Value: depends on a condition",
    ]);
  });

  it("is all that is said: nobody can tell what else would be deployed", () => {
    const template = { Conditions: { East: east }, Resources: { Web: appClient({ GenerateSecret: true }) } };
    expect(foundBy("client-secret", template)).toEqual([]);
    expect(foundBy("client-secret", { Web: appClient({ GenerateSecret: true }) })).toHaveLength(1);
  });

  it("says nothing where there are no conditions, also not to the conditions of IAM", () => {
    expect(found({ Conditions: {}, Resources: { Web: appClient({}) } })).toEqual([]);
    expect(
      found({ Role: { Type: "AWS::IAM::Role", Properties: { Statement: { Condition: { Bool: {} } } } } }),
    ).toEqual([]);
  });
});
