import fc from "fast-check";
import { settleSection } from "../../../../src/tools/cloudformation/conditions.ts";

const section = (on: string) => ({
  Conditions: {
    On: { "Fn::Equals": [on, "true"] },
    Off: { "Fn::Not": [{ Condition: "On" }] },
    InChina: { "Fn::Equals": [{ Ref: "AWS::Partition" }, "aws-cn"] },
    OnInChina: { "Fn::And": [{ Condition: "On" }, { Condition: "InChina" }] },
  },
  Resources: {
    Always: {
      Type: "AWS::SNS::Topic",
      DependsOn: ["Sometimes", "Other"],
      Properties: {
        TopicName: { "Fn::If": ["On", "on", "off"] },
        DisplayName: { "Fn::If": ["On", "shown", { Ref: "AWS::NoValue" }] },
        Tags: [{ "Fn::If": ["Off", { Key: "off" }, { Ref: "AWS::NoValue" }] }, { Key: "all" }],
        FifoTopic: { "Fn::If": ["InChina", true, { Ref: "AWS::NoValue" }] },
      },
    },
    Sometimes: { Type: "AWS::SNS::Topic", Condition: "On" },
    Other: { Type: "AWS::SNS::Topic" },
    Regional: { Type: "AWS::SNS::Topic", Condition: "OnInChina" },
  },
  Outputs: { Name: { Condition: "Off", Value: "x" } },
});

describe("settling the conditions of a section", () => {
  it("keeps what holds and takes out what does not, with everything that names it", () => {
    expect(settleSection(section("false"))).toEqual({
      Conditions: { InChina: section("false").Conditions.InChina },
      Resources: {
        Always: {
          Type: "AWS::SNS::Topic",
          DependsOn: ["Other"],
          Properties: {
            TopicName: "off",
            Tags: [{ Key: "off" }, { Key: "all" }],
            FifoTopic: { "Fn::If": ["InChina", true, { Ref: "AWS::NoValue" }] },
          },
        },
        Other: { Type: "AWS::SNS::Topic" },
      },
      Outputs: { Name: { Value: "x" } },
    });
  });

  it("settles what CloudFormation itself takes no condition for: the policies of a resource", () => {
    const policy = { "Fn::If": ["On", "Retain", "Delete"] };
    const topic = { Type: "AWS::SNS::Topic", DeletionPolicy: policy, UpdateReplacePolicy: policy };
    const settled = settleSection({ ...section("true"), Resources: { Topic: topic } });
    expect(settled["Resources"]).toEqual({
      Topic: { Type: "AWS::SNS::Topic", DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" },
    });
  });

  it("leaves to AWS what only AWS can tell", () => {
    const settled = settleSection(section("true"));
    expect(settled).toMatchObject({
      Conditions: {
        InChina: {},
        OnInChina: { "Fn::And": [{ "Fn::Equals": ["true", "true"] }, { Condition: "InChina" }] },
      },
      Resources: { Regional: { Condition: "OnInChina" }, Sometimes: { Type: "AWS::SNS::Topic" } },
      Outputs: {},
    });
    expect(JSON.stringify(settled)).not.toContain('"On"]');
  });

  it("compares what a parameter gives as text with what YAML reads as a number or a boolean", () => {
    const conditions = { A: { "Fn::Equals": [true, "true"] }, B: { "Fn::Equals": ["0", 0] } };
    const resources = { X: { Type: "T", Condition: "A" }, Y: { Type: "T", Condition: "B" } };
    expect(settleSection({ Conditions: conditions, Resources: resources })).toEqual({
      Resources: { X: { Type: "T" }, Y: { Type: "T" } },
    });
  });

  it.each([
    ["a resource", { Resources: { X: { Type: "T", Condition: "Nowhere" } } }],
    ["an `Fn::If`", { Resources: { X: { Type: "T", P: { "Fn::If": ["Nowhere", 1, 2] } } } }],
    ["a condition", { Conditions: { A: { Condition: "Nowhere" } }, Resources: {} }],
  ])("refuses %s that names a condition which is not defined", (_, broken) => {
    expect(() => settleSection(broken)).toThrow(/condition `Nowhere`.*not defined/);
  });

  it("refuses conditions that refer to each other, and shows the circle", () => {
    const conditions = { A: { Condition: "B" }, B: { "Fn::Not": [{ Condition: "A" }] } };
    expect(() => settleSection({ Conditions: conditions })).toThrow("A -> B -> A");
  });

  it("changes nothing of a section without conditions, and nothing the second time", () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,5}$/), fc.dictionary(fc.string(), json)),
        (entries) => {
          const resources = Object.fromEntries(
            Object.entries(entries).map(([id, properties]) => [
              id,
              { Type: "T", Properties: { ...properties } },
            ]),
          );
          expect(settleSection({ Resources: resources })).toEqual({ Resources: resources });
        },
      ),
    );
    const once = settleSection(section("true"));
    expect(settleSection(once)).toEqual(once);
  });
});
