import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printFinding } from "../../../../../src/tools/findings/finding.ts";
import { plannedFindings } from "../../../../../src/tools/packaging/plugin/planned-findings.ts";
import { sourceOf } from "../../../../../src/tools/service/service-source.ts";

const serviceDir = mkdtempSync(join(tmpdir(), "claimgate-planned-"));
mkdirSync(join(serviceDir, "policies"));
afterAll(() => rmSync(serviceDir, { recursive: true }));

/** The findings of a resolved service; the place is its path. */
function planned(claimgate: unknown, Resources: unknown, functions: unknown = {}) {
  const placeOf = (path: readonly string[]) => ({ file: path.join("."), line: 1, column: 1 });
  const source = sourceOf({ custom: { claimgate }, resources: { Resources }, functions });
  const { findings, hasPolicy } = plannedFindings(source, { serviceDir, region: "eu-west-1", placeOf });
  return { found: findings.map(printFinding), hasPolicy };
}

const pool = (Properties: unknown = {}) => ({ Pool: { Type: "AWS::Cognito::UserPool", Properties } });
const MARKER = { Name: "claimgate_assigned", AttributeDataType: "String", Mutable: true };
const POST = { userPool: "Pool", triggers: ["postConfirmation"] };

describe("what packaging would refuse, before anything is built", () => {
  it("is nothing in a service whose pool has the attribute that its trigger writes", () => {
    expect(planned(POST, pool({ Schema: [MARKER] }))).toEqual({ found: [], hasPolicy: true });
    expect(planned({ userPool: "Pool", triggers: ["preSignUp"] }, pool())).toEqual({
      found: [],
      hasPolicy: true,
    });
  });

  it("is a pool without that attribute, at its place", () => {
    expect(planned(POST, pool()).found).toEqual([
      expect.stringMatching(
        /^resources\.Resources\.Pool\.Properties\.Schema:1:1: `Pool\.Schema` has no attribute `claimgate_assigned`.*; add `\{ Name: claimgate_assigned.*\[marker-missing\]$/,
      ),
    ]);
  });

  it("is a pool of an event without that attribute", () => {
    const events = [{ cognitoUserPool: { pool: "my-shop", trigger: "CustomMessage" } }];
    const settings = { userPool: "CognitoUserPoolMyshop", triggers: ["postConfirmation"] };
    expect(planned(settings, {}, { mail: { events } }).found).toEqual([
      expect.stringContaining("`CognitoUserPoolMyshop.Schema` has no attribute"),
    ]);
  });

  it("is a trigger whose place in LambdaConfig another function has", () => {
    const config = { LambdaConfig: { PreSignUp: "arn:aws:lambda:eu-west-1:111122223333:function:mine" } };
    expect(planned({ userPool: "Pool", triggers: ["preSignUp"] }, pool(config)).found).toEqual([
      expect.stringContaining("[trigger-not-wired]"),
    ]);
  });

  it("is what the resources show, unless lint.json or the resource says why it may be so", () => {
    const web = {
      Type: "AWS::Cognito::UserPoolClient",
      Properties: { UserPoolId: { Ref: "Pool" }, AllowedOAuthScopes: ["shop/read"] },
    };
    const reason = "the scope is older than the template";
    const settings = { userPool: "Pool" };
    expect(planned(settings, { ...pool(), Web: web }).found).toEqual([
      expect.stringContaining("`Web.AllowedOAuthScopes.0` names the scope `shop/read`"),
    ]);
    const Metadata = { "claimgate-ignore": { "client-needs": reason } };
    expect(planned(settings, { ...pool(), Web: { ...web, Metadata } }).found).toEqual([]);
    const file = join(serviceDir, "policies", "lint.json");
    writeFileSync(file, JSON.stringify({ off: { "client-needs": reason } }));
    expect(planned(settings, { ...pool(), Web: web }).found).toEqual([]);
    rmSync(file);
  });

  it("reads over a macro, and what changes resources of the framework", () => {
    const events = [{ cognitoUserPool: { pool: "shop", trigger: "CustomMessage" } }];
    const settings = { userPool: "CognitoUserPoolShop", triggers: ["postConfirmation"] };
    const resources = {
      "Fn::Transform": { Name: "AWS::Include" },
      HttpApi: { Properties: { DisableExecuteApiEndpoint: true } },
      CognitoUserPoolShop: { Properties: { Schema: [MARKER] } },
    };
    expect(planned(settings, resources, { mail: { events } }).found).toEqual([]);
  });

  it("is a policy that is lost, and says that groups and scopes are not known", () => {
    expect(planned({ policies: "rules" }, {})).toEqual({
      found: [
        "custom.claimgate.policies:1:1: `custom.claimgate.policies` is `rules`, which is not a directory; restore it from version control, or name the directory of the rows [setting-value]",
      ],
      hasPolicy: false,
    });
  });
});
