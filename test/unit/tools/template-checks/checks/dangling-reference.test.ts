import { appClient, foundBy, lambda, ref, userPool } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("dangling-reference", template);

describe("dangling-reference", () => {
  it("names what is not there, wherever it is named", () => {
    const template = {
      Resources: {
        F: lambda(
          {
            Role: { "Fn::GetAtt": ["Nobody", "Arn"] },
            Layers: [{ "Fn::GetAtt": "Nobody.Arn" }],
            X: { "Fn::Sub": "${Nobody}" },
          },
          { DependsOn: "Nobody" },
        ),
      },
      Outputs: { Id: { Value: ref("Nobody") } },
    };
    expect(found(template)).toEqual([
      "F.DependsOn: names `Nobody`, which is not in the template",
      "F.Role: names `Nobody`, which is not in the template",
      "F.Layers.0: names `Nobody`, which is not in the template",
      "F.X: names `Nobody`, which is not in the template",
      "Id.Value: names `Nobody`, which is not in the template",
    ]);
  });

  it("knows resources, parameters, pseudo parameters and the variables of a Fn::Sub", () => {
    const template = {
      Parameters: { Stage: {} },
      Resources: {
        Pool: userPool({ UserPoolName: ref("Stage") }),
        Web: appClient({
          ClientName: { "Fn::Sub": ["${own}-${AWS::Region}-${Pool}-${!literal}", { own: ref("Pool") }] },
        }),
      },
    };
    expect(found(template)).toEqual([]);
  });

  it("looks into the variables of a Fn::Sub", () => {
    expect(
      found({ Web: { Type: "X", Properties: { A: { "Fn::Sub": ["${own}", { own: ref("Nobody") }] } } } }),
    ).toHaveLength(1);
  });
});
