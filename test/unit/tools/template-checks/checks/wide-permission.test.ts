import { checkTemplate } from "../../../../../src/tools/template-checks/check-template.ts";
import { arn, foundBy, resource } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("wide-permission", {
    P: resource("Lambda::Permission", { FunctionName: arn("F"), ...properties }),
  });

describe("wide-permission", () => {
  it("finds a permission for a service that names no source, and one for everyone", () => {
    expect(found({ Principal: "apigateway.amazonaws.com" })).toEqual([
      "P.SourceArn: is missing, so apigateway.amazonaws.com of every account may call the function",
    ]);
    expect(found({ Principal: "*" })).toEqual(["P.SourceArn: is missing, so anyone may call the function"]);
  });

  it.each([
    ["cognito-idp.amazonaws.com", "SourceArn: !GetAtt POOL.Arn"],
    ["apigateway.amazonaws.com", ":execute-api:"],
    ["s3.amazonaws.com", "SourceAccount"],
    ["*", "Principal"],
  ])("says how to name what calls by %s", (Principal, said) => {
    const Resources = { P: resource("Lambda::Permission", { FunctionName: arn("F"), Principal }) };
    const { findings } = checkTemplate({ Resources }, { publicRoutes: new Set(), keepsUsers: false });
    expect(findings.filter(({ id }) => id === "wide-permission")).toMatchObject([
      { fix: expect.stringContaining(said) as string },
    ]);
  });

  it("is content with a source, an account, and a principal that is an account", () => {
    expect(found({ Principal: "cognito-idp.amazonaws.com", SourceArn: arn("Pool") })).toEqual([]);
    expect(found({ Principal: "cognito-idp.amazonaws.com", SourceAccount: "111122223333" })).toEqual([]);
    expect(found({ Principal: "111122223333" })).toEqual([]);
  });
});
