import { arn, foundBy, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("identity-trust", template);
const AUD = "cognito-identity.amazonaws.com:aud";
const AMR = "cognito-identity.amazonaws.com:amr";
const aud = { StringEquals: { [AUD]: ref("Identities") } };
const amr = (standing: string) => ({ "ForAnyValue:StringLike": { [AMR]: standing } });
const role = (condition: unknown, action: unknown = "sts:AssumeRoleWithWebIdentity") =>
  resource("IAM::Role", {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: action,
          Condition: condition,
        },
      ],
    },
  });
const attachment = (roles: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
  resource("Cognito::IdentityPoolRoleAttachment", {
    IdentityPoolId: ref("Identities"),
    Roles: roles,
    ...rest,
  });

describe("identity-trust", () => {
  it("requires `aud` and `amr` in the trust policy", () => {
    expect(found({ R: role({ ...aud, ...amr("authenticated") }) })).toEqual([]);
    expect(found({ R: role(amr("authenticated")) })).toEqual([
      "R.AssumeRolePolicyDocument.Statement.0.Condition: has no `StringEquals` of `aud`: any identity pool, of any account, may hand out this role",
    ]);
    expect(found({ R: role(aud) })).toEqual([
      "R.AssumeRolePolicyDocument.Statement.0.Condition: has no `ForAnyValue` condition of `amr`: guests may assume this role as well as signed-in users",
    ]);
    expect(found({ R: role(undefined) })).toHaveLength(2);
  });

  it("is not content with conditions that hold where the key is missing, or for any value", () => {
    expect(
      found({ R: role({ ...aud, "ForAllValues:StringLike": { [AMR]: "authenticated" } }) }),
    ).toHaveLength(1);
    expect(
      found({ R: role({ ...aud, "ForAnyValue:StringLikeIfExists": { [AMR]: "authenticated" } }) }),
    ).toHaveLength(1);
    expect(found({ R: role({ StringLike: { [AUD]: "*" }, ...amr("authenticated") }) })).toHaveLength(1);
    expect(found({ R: role({ ...aud, ...amr("*") }) })).toHaveLength(1);
  });

  it("takes the principal in a list and the tags of a session, and no other action", () => {
    const good = { ...aud, ...amr("authenticated") };
    expect(found({ R: role(good, ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]) })).toEqual([]);
    expect(found({ R: role(good, ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"]) })).toEqual([
      "R.AssumeRolePolicyDocument.Statement.0.Action: allows sts:AssumeRole",
    ]);
  });

  it("compares `amr` with the users to whom the role is attached", () => {
    const guest = role({ ...aud, ...amr("unauthenticated") });
    const user = role({ ...aud, ...amr("authenticated") });
    expect(
      found({ G: guest, U: user, A: attachment({ authenticated: arn("U"), unauthenticated: arn("G") }) }),
    ).toEqual([]);
    expect(
      found({ G: guest, U: user, A: attachment({ authenticated: arn("G"), unauthenticated: arn("U") }) }),
    ).toEqual([
      "G.AssumeRolePolicyDocument.Statement.0.Condition: is for authenticated identities, but its `amr` is unauthenticated",
      "U.AssumeRolePolicyDocument.Statement.0.Condition: is for unauthenticated identities, but its `amr` is authenticated",
    ]);
  });

  it("knows the roles of rules and of groups", () => {
    const rule = {
      RoleMappings: { web: { Type: "Rules", RulesConfiguration: { Rules: [{ RoleARN: arn("G") }] } } },
    };
    const guest = role({ ...aud, ...amr("unauthenticated") });
    expect(found({ G: guest, A: attachment({}, rule) })).toHaveLength(1);
    expect(
      found({ G: guest, Staff: resource("Cognito::UserPoolGroup", { RoleArn: arn("G") }) }),
    ).toHaveLength(1);
  });

  it("finds a role of a pool that Cognito may not take", () => {
    const lambda = resource("IAM::Role", {
      AssumeRolePolicyDocument: {
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
    });
    expect(found({ R: lambda })).toEqual([]);
    expect(found({ R: lambda, A: attachment({ authenticated: arn("R") }) })).toHaveLength(1);
  });
});
