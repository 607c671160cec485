import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parsePolicy } from "../../src/policy/parse.ts";
import { allowingStatements } from "../../src/tools/cloudformation/statements.ts";
import { readTemplate, resourcesOf } from "../../src/tools/cloudformation/template.ts";
import { printFinding } from "../../src/tools/findings/finding.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { checkTemplate } from "../../src/tools/template-checks/check-template.ts";
import { publicRoutesOf } from "../../src/tools/template-checks/public-routes.ts";
import { runServerless } from "../support/serverless.ts";
import { copyService, type ServiceCopy } from "../support/service-copy.ts";
import { unzip as unzipArchive } from "../support/unzip.ts";

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}
type Resources = Readonly<Record<string, Resource>>;

const home = mkdtempSync(join(tmpdir(), "claimgate-package-"));
const folder = join(home, "out");
let service: ServiceCopy;
let template: unknown;
let resources: Resources;
let outputs: Readonly<Record<string, { readonly Value: unknown }>>;

beforeAll(async () => {
  service = copyService(join(home, "service"));
  const run = await runServerless(["package", "--package", folder], service.folder);
  expect(run).toMatchObject({ code: 0 });
  const text = readFileSync(join(folder, "cloudformation-template-update-stack.json"), "utf8");
  template = JSON.parse(text);
  ({ Resources: resources, Outputs: outputs } = template as {
    Resources: Resources;
    Outputs: typeof outputs;
  });
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

const ofType = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
const codeOf = (name: string) =>
  [...unzip(join(folder, `${name}.zip`))]
    .flatMap(([file, text]) => (file.endsWith(".cjs") ? [text] : []))
    .join("\n");
const property = (name: string, key: string) => resources[name]?.Properties[key];

describe("the packaged template", () => {
  it("invokes pre-token-generation with the version of the stage, so that it can enrich access tokens", () => {
    expect(property("UserPool", "LambdaConfig")).toEqual({
      PreSignUp: { "Fn::GetAtt": ["PreSignUpLambdaFunction", "Arn"] },
      PostConfirmation: { "Fn::GetAtt": ["PostConfirmationLambdaFunction", "Arn"] },
      PreTokenGenerationConfig: {
        LambdaArn: { "Fn::GetAtt": ["PreTokenGenerationLambdaFunction", "Arn"] },
        LambdaVersion: "V3_0",
      },
    });
    expect(property("UserPool", "UserPoolTier")).toBe("ESSENTIALS");
  });

  it("lets the pool, and only the pool, invoke each trigger", () => {
    const permissions = ofType("AWS::Lambda::Permission").filter(
      ([, { Properties }]) => Properties["Principal"] === "cognito-idp.amazonaws.com",
    );
    expect(permissions.map(([, { Properties }]) => Properties["FunctionName"])).toEqual(
      ["PreSignUp", "PostConfirmation", "PreTokenGeneration"].map((name) => ({
        "Fn::GetAtt": [`${name}LambdaFunction`, "Arn"],
      })),
    );
    for (const [, { Properties }] of permissions) {
      expect(Properties["SourceArn"]).toEqual({ "Fn::GetAtt": ["UserPool", "Arn"] });
    }
  });

  it("is what every check wants of a template: no circle, no open route, no broad right, no cache, and so on", () => {
    const context = {
      publicRoutes: publicRoutesOf(parsePolicy(readPolicyDirectory("policies").rows).rows),
      keepsUsers: false,
    };
    expect(checkTemplate(template, context).findings.map(printFinding)).toEqual([]);
  });

  it("lets triggers call the pool of this stack for what they do, and nothing more", () => {
    const holders = resourcesOf(readTemplate(template), "AWS::IAM::Role", "AWS::IAM::Policy");
    const statements = holders.flatMap((holder) =>
      allowingStatements(holder).map(({ actions, json }) => [holder.id, actions, json["Resource"]] as const),
    );
    expect(statements.length).toBeGreaterThan(5);
    expect(statements.filter(([, actions]) => actions.some((one) => one.startsWith("cognito-idp:")))).toEqual(
      [
        [
          "GroupAssignmentPolicy",
          [
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminAddUserToGroup",
            "cognito-idp:AdminUpdateUserAttributes",
          ],
          { "Fn::GetAtt": ["UserPool", "Arn"] },
        ],
        ["AccountLookupPolicy", ["cognito-idp:ListUsers"], { "Fn::GetAtt": ["UserPool", "Arn"] }],
      ],
    );
  });

  it("has one public route", () => {
    const open = ofType("AWS::ApiGatewayV2::Route").filter(
      ([, { Properties }]) => Properties["AuthorizationType"] !== "CUSTOM",
    );
    expect(open.map(([, { Properties }]) => Properties["RouteKey"])).toEqual(["GET /health"]);
  });

  it("declares every deployed route in the policy, and deploys every declared one", () => {
    const deployed = ofType("AWS::ApiGatewayV2::Route").map(([, { Properties }]) => Properties["RouteKey"]);
    const declared = [...readFileSync("policies/routes.csv", "utf8").matchAll(/^g2, ([^,]+),/gm)].map(
      ([, route]) => route,
    );
    expect([...deployed].sort()).toEqual([...declared].sort());
  });

  it("caches no answer of an authorizer, so that none is reused for another route or order", () => {
    const authorizers = [
      ...ofType("AWS::ApiGatewayV2::Authorizer"),
      ...ofType("AWS::ApiGateway::Authorizer"),
    ];
    expect(authorizers.map(([, { Properties }]) => Properties["AuthorizerResultTtlInSeconds"])).toEqual([
      0, 0,
    ]);
    expect(property("HttpApiAuthorizerClaimgate", "EnableSimpleResponses")).toBe(true);
    expect(property("HttpApiAuthorizerClaimgate", "AuthorizerPayloadFormatVersion")).toBe("2.0");
    expect(property("RestAuthorizerApiGatewayAuthorizer", "Type")).toBe("REQUEST");
  });

  it("lets no app client write an attribute that decides something", () => {
    const clients = ofType("AWS::Cognito::UserPoolClient");
    expect(clients.length).toBe(2);
    for (const [, { Properties }] of clients) {
      const writable = Properties["WriteAttributes"] as string[];
      expect(writable.length).toBeGreaterThan(0);
      expect(writable.filter((attribute) => attribute.startsWith("custom:"))).toEqual([]);
    }
  });

  it("lets people sign in by authorization code only, without a secret, and machines by client credentials", () => {
    expect(property("WebClient", "AllowedOAuthFlows")).toEqual(["code"]);
    expect(property("WebClient", "GenerateSecret")).toBe(false);
    expect(property("ReportingClient", "AllowedOAuthFlows")).toEqual(["client_credentials"]);
  });

  it("offers no implicit flow, short access tokens, and refresh tokens that rotate", () => {
    for (const [, { Properties }] of ofType("AWS::Cognito::UserPoolClient")) {
      expect(Properties["AllowedOAuthFlows"]).not.toContain("implicit");
      expect(Properties["AccessTokenValidity"]).toBe(15);
      expect(Properties["EnableTokenRevocation"]).toBe(true);
      expect(Properties["PreventUserExistenceErrors"]).toBe("ENABLED");
    }
    expect(property("WebClient", "RefreshTokenRotation")).toEqual({
      Feature: "ENABLED",
      RetryGracePeriodSeconds: 10,
    });
    // Cognito refuses the two together.
    expect(property("WebClient", "ExplicitAuthFlows")).toEqual(["ALLOW_USER_SRP_AUTH"]);
  });

  it("has sign-in pages: managed login, with a style for the client that shows them", () => {
    expect(property("UserPoolDomain", "ManagedLoginVersion")).toBe(2);
    expect(property("WebClientBranding", "ClientId")).toEqual({ Ref: "WebClient" });
    expect(property("WebClientBranding", "UseCognitoProvidedValues")).toBe(true);
  });

  it("offers a second factor to all users and resets passwords by e-mail", () => {
    expect(property("UserPool", "MfaConfiguration")).toBe("OPTIONAL");
    expect(property("UserPool", "EnabledMfas")).toEqual(["SOFTWARE_TOKEN_MFA"]);
    expect(property("UserPool", "AccountRecoverySetting")).toEqual({
      RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }],
    });
  });

  it("says who issues the tokens and where the keys are, which is not the domain of the sign-in pages", () => {
    expect(outputs["Issuer"]?.Value).toEqual({ "Fn::Sub": "https://${UserPool.ProviderName}" });
    expect(outputs["JwksUrl"]?.Value).toEqual({
      "Fn::Sub": "https://${UserPool.ProviderName}/.well-known/jwks.json",
    });
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(["UserPoolId", "WebClientId", "ReportingClientId", "SignInUrl", "HttpApiUrl"]),
    );
  });

  it("creates every group that the policy speaks of, and no other", () => {
    const created = ofType("AWS::Cognito::UserPoolGroup").map(
      ([, { Properties }]) => Properties["GroupName"],
    );
    const text = ["groups", "sign-up", "roles"]
      .map((name) => readFileSync(`policies/${name}.csv`, "utf8"))
      .join("\n");
    const named = new Set([...text.matchAll(/^[^#\n]*\bgroup:([a-z]+)/gm)].map(([, group]) => group));
    expect([...created].sort()).toEqual([...named].sort());
  });

  it("keeps the groups, with their members, when the policy no longer names them", () => {
    for (const [name, resource] of ofType("AWS::Cognito::UserPoolGroup")) {
      expect([name, resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual([
        name,
        "RetainExceptOnCreate",
        "Retain",
      ]);
    }
  });

  it("lets machines have the scopes that the policy speaks of, after the server that has them", () => {
    const text = readFileSync("policies/roles.csv", "utf8");
    const named = [...text.matchAll(/^[pg], scope:([^,]+),/gm)].map(([, scope]) => scope);
    const scopes = property("OrdersResourceServer", "Scopes") as { ScopeName: string }[];
    expect(named.length).toBeGreaterThan(1);
    expect(scopes.map(({ ScopeName }) => `orders-api/${ScopeName}`)).toEqual(named.sort());
    expect(property("ReportingClient", "AllowedOAuthScopes")).toEqual(named);
    expect(resources["ReportingClient"]?.DependsOn).toContain("OrdersResourceServer");
  });

  it("is case-insensitive and keeps a changed address out of force until it is verified", () => {
    expect(property("UserPool", "UsernameConfiguration")).toEqual({ CaseSensitive: false });
    expect(property("UserPool", "UserAttributeUpdateSettings")).toEqual({
      AttributesRequireVerificationBeforeUpdate: ["email"],
    });
  });
});

describe("a packaged function", () => {
  const names = [
    "preSignUp",
    "postConfirmation",
    "preTokenGeneration",
    "httpAuthorizer",
    "restAuthorizer",
    "orders",
  ];

  it.each(names)("%s holds nothing of the local stack: no local key set, no test identifiers", (name) => {
    const files = unzip(join(folder, `${name}.zip`));
    expect([...files.keys()].filter((file) => !/\.cjs(\.map)?$/.test(file))).toEqual([]);
    const code = [...files.values()].join("\n");
    expect(code.length).toBeGreaterThan(1000);
    for (const trace of [
      "CLAIMGATE_LOCAL_JWKS",
      "us-east-1_LocalPool",
      "claimgate-local",
      "127.0.0.1",
      "user-pool.jsonl",
    ]) {
      expect(code.includes(trace)).toBe(false);
    }
  });

  it("that calls Cognito loads the SDK of the runtime, and only when it needs it", () => {
    for (const name of ["preSignUp", "postConfirmation", "preTokenGeneration"]) {
      const code = codeOf(name);
      expect(code).toContain('require("@aws-sdk/client-cognito-identity-provider")');
      expect(code).not.toMatch(/\bimport\("@aws-sdk/);
    }
    expect(codeOf("orders")).not.toContain("@aws-sdk");
  });

  it("that decides loads the SDK for a revocation list alone, and only where there is one", () => {
    for (const name of ["httpAuthorizer", "restAuthorizer"]) {
      const code = codeOf(name);
      expect(new Set(code.match(/@aws-sdk\/[a-z-]+/g))).toEqual(new Set(["@aws-sdk/client-dynamodb"]));
      // The wrapper of a module runs its content at the first call.
      const wrapper =
        /(?<name>[\w$]+)=[\w$]+\(\([\w$]+,[\w$]+\)=>\{[\w$]+\.exports=require\("@aws-sdk\/client-dynamodb"\)\}\)/;
      const lazy = wrapper.exec(code)?.groups?.["name"] ?? "no wrapper";
      expect(code.split(`${lazy}()`)).toHaveLength(2);
      expect(code.split(`${lazy}()`)[0]).toMatch(/Promise\.resolve\(\)\.then\(\(\)=>[\w$.(]*$/);
      expect(code).not.toMatch(/\bimport\("@aws-sdk/);
    }
  });

  it("carries the compiled policy with it and reads no file for it", () => {
    const code = codeOf("httpAuthorizer");
    expect(code).toContain("role:suspended");
    expect(code).not.toContain("# What each role may do");
    expect(code).not.toContain("CLAIMGATE_POLICIES");
  });

  it("that decides holds casbin without its CSV parser and its glob matcher", () => {
    for (const name of ["httpAuthorizer", "restAuthorizer"]) {
      const code = codeOf(name);
      expect(code).toContain("enforceSync");
      for (const trace of ["CSV_INVALID_CLOSING_QUOTE", "GLOBSTAR", "brace-expansion", "unknown-row-type"]) {
        expect(code.includes(trace)).toBe(false);
      }
    }
  });

  it("that does not decide holds no casbin, and of the policy only what it asks about", () => {
    for (const name of ["preSignUp", "postConfirmation", "preTokenGeneration", "orders"]) {
      expect(codeOf(name)).not.toContain("enforceSync");
    }
    for (const name of ["preSignUp", "postConfirmation"]) {
      expect(codeOf(name)).toContain("mallory@example.com");
      expect(codeOf(name)).not.toContain("orders:read");
    }
  });

  it("prints a stack trace with the places of the sources, where Node is told to read the source map", async () => {
    const alone = mkdtempSync(join(tmpdir(), "claimgate-alone-"));
    for (const [file, text] of unzip(join(folder, "httpAuthorizer.zip"))) {
      mkdirSync(dirname(join(alone, file)), { recursive: true });
      writeFileSync(join(alone, file), text);
    }
    const start = (...flags: string[]) =>
      promisify(execFile)(process.execPath, [...flags, "./src/handlers/http-authorizer.cjs"], {
        cwd: alone,
        env: {},
      })
        .then(() => "it started")
        .catch(({ stderr }: { readonly stderr: string }) => stderr);
    const [plain, mapped] = [await start(), await start("--enable-source-maps")];
    rmSync(alone, { recursive: true, force: true });
    // Only its last lines: Node prints the line of the bundle first.
    const traceOf = (text: string) => text.slice(text.indexOf("ConfigurationError]: "));
    expect(traceOf(plain)).toMatch(
      /^ConfigurationError\]: environment variable `CLAIMGATE_USER_POOL_ID` is missing/,
    );
    expect(traceOf(plain)).not.toContain("environment.ts");
    expect(traceOf(mapped)).toMatch(/at required \(.*src\/lambda\/environment\.ts:\d+:\d+\)/);
    expect(traceOf(mapped)).toMatch(/at readIssuers \(.*src\/lambda\/issuers\.ts:\d+:\d+\)/);
  });

  // Its `node_modules` is a link to the packages of this checkout.
  it("names no folder of the machine that packaged it, also where `node_modules` is a link", () => {
    const places = new Set<string>();
    for (const name of names) {
      for (const [file, text] of unzip(join(folder, `${name}.zip`))) {
        expect([file, text.includes(home), text.includes(process.cwd())]).toEqual([file, false, false]);
        if (!file.endsWith(".map")) continue;
        const { sources } = JSON.parse(text) as { readonly sources: readonly string[] };
        for (const source of sources) places.add(source.replace(/^(\.\.\/)+/, ""));
      }
    }
    expect([...places]).toContain("src/lambda/environment.ts");
    expect([...places]).toContain("node_modules/jsep/build/jsep.js");
    expect([...places].filter((place) => !/^(src\/|node_modules\/|claimgate-[a-z-]+:)/.test(place))).toEqual(
      [],
    );
  });

  it("answers by itself, without anything of this repository", async () => {
    const alone = mkdtempSync(join(tmpdir(), "claimgate-alone-"));
    for (const [file, code] of unzip(join(folder, "preSignUp.zip"))) {
      mkdirSync(dirname(join(alone, file)), { recursive: true });
      writeFileSync(join(alone, file), code);
    }
    // Of all sign-ups that are allowed, the one that does not ask the pool about its address.
    const event = readFileSync("events/cognito/admin-creates-user.json", "utf8");
    const script = `require("./src/handlers/pre-sign-up.cjs").handler(${event}).then((answer) => console.log(JSON.stringify(answer.response)))`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: alone, env: {} });
    rmSync(alone, { recursive: true, force: true });
    expect(stdout).toContain('{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}');
    expect(stdout).toContain('"kind":"sign-up-allowed"');
  });
});

const unzip = (path: string) => unzipArchive(readFileSync(path));
