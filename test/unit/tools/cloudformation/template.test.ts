import {
  isRetained,
  mapResources,
  readTemplate,
  resourcesIn,
  resourcesOf,
  withProperties,
} from "../../../../src/tools/cloudformation/template.ts";

const POOL = {
  Type: "AWS::Cognito::UserPool",
  Condition: "HasPool",
  DependsOn: "Role",
  DeletionPolicy: "RetainExceptOnCreate",
  Properties: { UserPoolName: "users", MfaConfiguration: "ON" },
};

describe("a template", () => {
  const template = readTemplate({
    Resources: { Pool: POOL, Role: { Type: "AWS::IAM::Role", DependsOn: ["A", "B"] } },
    Outputs: { Id: { Value: { Ref: "Pool" } } },
  });

  it("has its resources by logical id, with what CloudFormation does with them", () => {
    expect(template.resources.get("Pool")).toEqual({
      id: "Pool",
      type: "AWS::Cognito::UserPool",
      properties: POOL.Properties,
      dependsOn: ["Role"],
      deletionPolicy: "RetainExceptOnCreate",
      updateReplacePolicy: undefined,
      condition: "HasPool",
      json: POOL,
    });
    expect(template.resources.get("Role")).toMatchObject({ properties: {}, dependsOn: ["A", "B"] });
    expect(template.outputs).toEqual({ Id: { Value: { Ref: "Pool" } } });
  });

  it("gives the resources of a type in its own order", () => {
    const types = ["AWS::IAM::Role", "AWS::Cognito::UserPool"];
    expect(resourcesOf(template, ...types).map(({ id }) => id)).toEqual(["Pool", "Role"]);
    expect(resourcesOf(template, "AWS::S3::Bucket")).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["text", "Resources"],
    ["JSON without resources", {}],
    ["resources in a list", { Resources: [] }],
    ["a resource without a type", { Resources: { Pool: { Properties: {} } } }],
  ])("is not %s", (_, json) => {
    expect(() => readTemplate(json)).toThrow("not a CloudFormation template");
  });
});

describe("a resource", () => {
  const [pool] = resourcesIn({ Pool: POOL }).values();
  const [extended] = resourcesIn({ HttpApiStage: { Properties: { AutoDeploy: true } } }).values();

  it("is written with properties set and without those that are undefined", () => {
    expect(pool && withProperties(pool, { UserPoolName: undefined, UserPoolTier: "PLUS" })).toEqual({
      ...POOL,
      Properties: { MfaConfiguration: "ON", UserPoolTier: "PLUS" },
    });
  });

  it("is rewritten, one by one, in the section", () => {
    const section = { Pool: POOL, Role: { Type: "AWS::IAM::Role" } };
    const changed = mapResources(section, (one) =>
      one.type === "AWS::IAM::Role" ? withProperties(one, { Path: "/x/" }) : one.json,
    );
    expect(changed).toEqual({ Pool: POOL, Role: { Type: "AWS::IAM::Role", Properties: { Path: "/x/" } } });
  });

  it("of the framework may be changed without naming its type", () => {
    expect(extended).toMatchObject({ id: "HttpApiStage", type: "", properties: { AutoDeploy: true } });
  });

  it("is retained by a policy that says so, and by no other", () => {
    expect(pool && isRetained(pool)).toBe(true);
    expect(extended && isRetained(extended)).toBe(false);
  });
});
