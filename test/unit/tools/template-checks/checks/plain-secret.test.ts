import { foundBy, lambda, ref, resource } from "../checking.ts";

const found = (template: Record<string, unknown>) => foundBy("plain-secret", template);
const provider = (details: Record<string, unknown>) => ({
  P: resource("Cognito::UserPoolIdentityProvider", { ProviderDetails: details }),
});
const resolved = "{{resolve:secretsmanager:google:SecretString:client_secret}}";

describe("plain-secret", () => {
  it("finds the secret of a provider in the template", () => {
    expect(found(provider({ client_id: "id", client_secret: "hunter2" }))).toHaveLength(1);
    expect(found(provider({ private_key: "{{resolve:ssm:/not-secret}}" }))).toHaveLength(1);
    expect(found(provider({ client_secret: ref("SecretParameter") }))).toHaveLength(1);
  });

  it("is content with a reference to a secret, also one that Fn::Sub puts together", () => {
    expect(found(provider({ client_secret: resolved }))).toEqual([]);
    expect(
      found(
        provider({
          client_secret: { "Fn::Sub": "{{resolve:secretsmanager:${AWS::StackName}:SecretString:x}}" },
        }),
      ),
    ).toEqual([]);
  });

  it("finds a secret that a function's variables or the outputs show", () => {
    expect(
      found({ F: lambda({ Environment: { Variables: { KEY: resolved, POOL: ref("Pool") } } }) }),
    ).toEqual([
      "F.Environment.Variables.KEY: shows a secret in an environment variable, which the console prints in plain text",
    ]);
    const outputs = {
      Secret: { Value: { "Fn::GetAtt": ["Web", "ClientSecret"] } },
      Id: { Value: ref("Web") },
    };
    expect(found({ Resources: {}, Outputs: outputs })).toEqual([
      "Secret.Value: shows a secret in an output, which the console prints in plain text",
    ]);
  });

  it("looks into the parts of a Fn::Sub", () => {
    const value = {
      "Fn::Sub": ["${id}:${secret}", { id: ref("Web"), secret: { "Fn::GetAtt": "Web.ClientSecret" } }],
    };
    expect(found({ Resources: {}, Outputs: { Basic: { Value: value } } })).toHaveLength(1);
  });
});
