import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";
import {
  CLASSIC_PAGES,
  CLIENTS,
  type Edit,
  EVERY_PROVIDER,
  editService,
  MFA_REQUIRED,
  NO_MFA,
  NO_ROTATION,
  NO_SELF_SIGN_UP,
  POOL,
  RECOVERY_BY_ADMINISTRATOR,
} from "../support/service-edits.ts";

// What the pool of a stage is for its parameters, and for what its owner edits in the files: as the framework resolves
// and the plugin settles it.

const folder = mkdtempSync(join(tmpdir(), "claimgate-pool-stages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The folder of a copy of the service with these edits. */
function edited(name: string, edits: readonly Edit[]): string {
  const service = copyService(join(folder, name));
  editService(service, edits);
  return service.folder;
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: unknown;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Printed {
  readonly functions: Readonly<Record<string, { readonly environment?: Readonly<Record<string, unknown>> }>>;
  readonly resources: {
    readonly Resources: Readonly<Record<string, Resource>>;
    readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  };
}

async function stageOf(
  params: Readonly<Record<string, string>>,
  { stage = "dev", cwd = process.cwd() } = {},
): Promise<Printed> {
  const given = Object.entries(params).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
  const run = await runServerless(["print", "--format", "json", "--stage", stage, ...given], cwd);
  if (run.code !== 0) throw new Error(run.output);
  return JSON.parse(run.stdout.slice(run.stdout.indexOf("{"))) as Printed;
}

const cognitoOf = ({ resources }: Printed) =>
  Object.entries(resources.Resources).filter(([, { Type }]) => Type.startsWith("AWS::Cognito::"));

describe("a stage with every identity provider, MFA by all means and threat protection", () => {
  let printed: Printed;
  const resource = (id: string) => printed.resources.Resources[id];
  const property = (id: string, name: string) => resource(id)?.Properties[name];

  beforeAll(async () => {
    printed = await stageOf(
      {
        trustedProviders:
          '{"Google":["example.com"],"SignInWithApple":["privaterelay.appleid.com"],"Facebook":["example.com"],"LoginWithAmazon":[],"ExampleId":["example.com"],"ExampleCorp":["example.com"]}',
        mfaSms: "true",
        advancedSecurity: "enforced",
        sesIdentityArn: "arn:aws:ses:us-east-1:111122223333:identity/example.com",
        emailFrom: "Orders <no-reply@example.com>",
        customDomain: "auth.example.com",
        customDomainCertificateArn:
          "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
        callbackUrls: "https://app.example.com/callback,https://www.example.com/callback",
      },
      {
        stage: "prod",
        cwd: edited("everything", [
          ...EVERY_PROVIDER,
          NO_SELF_SIGN_UP,
          ...MFA_REQUIRED,
          RECOVERY_BY_ADMINISTRATOR,
          { file: "resources/federation/facebook.yml", was: "# api_version", is: "api_version" },
        ]),
      },
    );
  }, 60_000);

  it("keeps the pool and all that lives in it when they leave the stack, and the pool refuses to go", () => {
    const ofPool = cognitoOf(printed).filter(([, { Type }]) => !Type.includes("::IdentityPool"));
    expect(ofPool.map(([id]) => id)).toEqual(
      expect.arrayContaining(["UserPool", "UserPoolCustomDomain", "WebClient", "SamlIdentityProvider"]),
    );
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of ofPool) {
      // The pool itself is protected: a failed creation could not delete it, and its rollback would fail.
      const kept = id === "UserPool" ? "Retain" : "RetainExceptOnCreate";
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, kept, "Retain"]);
    }
    expect(property("UserPool", "DeletionProtection")).toBe("ACTIVE");
  });

  it("lets people sign in by each provider, once all of them are there", () => {
    const providers = cognitoOf(printed).filter(
      ([, { Type }]) => Type === "AWS::Cognito::UserPoolIdentityProvider",
    );
    expect(property("WebClient", "SupportedIdentityProviders")).toEqual([
      "COGNITO",
      ...providers.map(([, { Properties }]) => Properties["ProviderName"]),
    ]);
    expect([resource("WebClient")?.DependsOn].flat()).toEqual(providers.map(([id]) => id));
  });

  it("has no secret in it, only the names of secrets that CloudFormation reads", () => {
    const secrets = [
      "GoogleIdentityProvider",
      "AppleIdentityProvider",
      "FacebookIdentityProvider",
      "AmazonIdentityProvider",
      "OidcIdentityProvider",
    ].map((id) => {
      const { client_secret: secret, private_key: key } = property(id, "ProviderDetails") as Record<
        string,
        string
      >;
      return secret ?? key;
    });
    expect(secrets).toEqual([
      "{{resolve:secretsmanager:claimgate/google:SecretString:client_secret}}",
      "{{resolve:secretsmanager:claimgate/apple:SecretString:private_key}}",
      "{{resolve:secretsmanager:claimgate/facebook:SecretString:client_secret}}",
      "{{resolve:secretsmanager:claimgate/amazon:SecretString:client_secret}}",
      "{{resolve:secretsmanager:claimgate/oidc:SecretString:client_secret}}",
    ]);
  });

  it("takes over that an address is proven only from providers that say so", () => {
    const verified = cognitoOf(printed).flatMap(([, { Properties }]) => {
      const mapping = Properties["AttributeMapping"] as Record<string, string> | undefined;
      return mapping === undefined ? [] : [[Properties["ProviderName"], mapping["email_verified"]]];
    });
    expect(verified).toEqual([
      ["Google", "email_verified"],
      ["SignInWithApple", "email_verified"],
      ["Facebook", undefined],
      ["LoginWithAmazon", undefined],
      ["ExampleId", "email_verified"],
      ["ExampleCorp", undefined],
    ]);
  });

  it("maps no attribute that the client may not write, since Cognito then fails the sign-in", () => {
    const writable = property("WebClient", "WriteAttributes") as string[];
    // Set by Cognito itself: the user name is no attribute, and nobody may write whether an address is proven.
    const exempt = ["username", "email_verified"];
    for (const [, { Properties }] of cognitoOf(printed)) {
      const mapped = Object.keys((Properties["AttributeMapping"] ?? {}) as object);
      expect(mapped.filter((name) => !exempt.includes(name) && !writable.includes(name))).toEqual([]);
    }
  });

  it("asks for a second factor, and lets an administrator alone reset the first", () => {
    expect(property("UserPool", "MfaConfiguration")).toBe("ON");
    expect(property("UserPool", "EnabledMfas")).toEqual(["SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA"]);
    expect(property("UserPool", "AccountRecoverySetting")).toEqual({
      RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }],
    });
  });

  it("sends text messages by a role that only the user pools of this account and service may take", () => {
    expect(property("UserPool", "SmsConfiguration")).toEqual({
      ExternalId: "claimgate-prod",
      SnsCallerArn: { "Fn::GetAtt": ["SmsRole", "Arn"] },
    });
    expect(property("SmsRole", "AssumeRolePolicyDocument")).toMatchObject({
      Statement: [
        {
          Principal: { Service: "cognito-idp.amazonaws.com" },
          Condition: {
            StringEquals: {
              "sts:ExternalId": "claimgate-prod",
              "aws:SourceAccount": { Ref: "AWS::AccountId" },
            },
          },
        },
      ],
    });
    expect(property("WebClient", "WriteAttributes")).toContain("phone_number");
    expect(property("UserPool", "UserAttributeUpdateSettings")).toEqual({
      AttributesRequireVerificationBeforeUpdate: ["email", "phone_number"],
    });
  });

  it("has the tier that threat protection needs, and says what it does", () => {
    expect(property("UserPool", "UserPoolTier")).toBe("PLUS");
    expect(property("UserPool", "UserPoolAddOns")).toEqual({ AdvancedSecurityMode: "ENFORCED" });
    expect(property("UserPoolRiskConfiguration", "CompromisedCredentialsRiskConfiguration")).toEqual({
      Actions: { EventAction: "BLOCK" },
    });
  });

  it("takes lists from the command line as lists", () => {
    expect(property("WebClient", "CallbackURLs")).toEqual([
      "https://app.example.com/callback",
      "https://www.example.com/callback",
    ]);
  });

  it("tells applications the custom domain, and keeps the other one", () => {
    expect(printed.resources.Outputs["SignInUrl"]?.Value).toBe("https://auth.example.com/login");
    expect(resource("UserPoolDomain")).toBeDefined();
  });
});

describe("a stage that uses an existing pool", () => {
  let printed: Printed;
  const ARN = {
    "Fn::Sub":
      "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/us-east-1_EXAMPLE12",
  };

  beforeAll(async () => {
    printed = await stageOf({
      existingUserPoolId: "us-east-1_EXAMPLE12",
      existingAppClients: '{"web":"1h57kf5cpq17m0eml12EXAMPLE"}',
      healGroups: "false",
    });
  }, 60_000);

  it("makes no pool, app client, domain or identity provider", () => {
    const made = cognitoOf(printed).map(([, { Type }]) => Type);
    for (const type of ["UserPool", "UserPoolClient", "UserPoolDomain", "UserPoolIdentityProvider"]) {
      expect(made).not.toContain(`AWS::Cognito::${type}`);
    }
  });

  it("lets that pool, and only that, invoke the triggers, and the triggers call only that", () => {
    const { Resources } = printed.resources;
    const permissions = Object.values(Resources).filter(
      ({ Properties }) => Properties["Principal"] === "cognito-idp.amazonaws.com",
    );
    expect(permissions.map(({ Properties }) => Properties["SourceArn"])).toEqual([ARN, ARN, ARN]);
    expect(Resources["GroupAssignmentPolicy"]?.Properties).toMatchObject({
      Roles: [{ Ref: "PostConfirmationRole" }],
      PolicyDocument: { Statement: [{ Resource: ARN }] },
    });
    expect(Resources["AccountLookupPolicy"]?.Properties).toMatchObject({
      Roles: [{ Ref: "PreSignUpRole" }],
      PolicyDocument: { Statement: [{ Action: "cognito-idp:ListUsers", Resource: ARN }] },
    });
  });

  it("tells the authorizers its id and its app clients", () => {
    for (const name of ["httpAuthorizer", "restAuthorizer"]) {
      expect(printed.functions[name]?.environment).toMatchObject({
        CLAIMGATE_USER_POOL_ID: "us-east-1_EXAMPLE12",
        CLAIMGATE_APP_CLIENTS: '{"web":"1h57kf5cpq17m0eml12EXAMPLE"}',
      });
    }
  });

  it("puts out what attaching needs, and the issuer in the partition's own domain", () => {
    const host = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/us-east-1_EXAMPLE12";
    expect(printed.resources.Outputs).toMatchObject({
      UserPoolId: { Value: "us-east-1_EXAMPLE12" },
      Issuer: { Value: { "Fn::Sub": host } },
      JwksUrl: { Value: { "Fn::Sub": `${host}/.well-known/jwks.json` } },
      PreSignUpArn: { Value: { "Fn::GetAtt": ["PreSignUpLambdaFunction", "Arn"] } },
      PostConfirmationArn: { Value: { "Fn::GetAtt": ["PostConfirmationLambdaFunction", "Arn"] } },
      PreTokenGenerationArn: { Value: { "Fn::GetAtt": ["PreTokenGenerationLambdaFunction", "Arn"] } },
      PreTokenGenerationVersion: { Value: "V3_0" },
    });
  });
});

describe("a stage that goes without", () => {
  let printed: Printed;
  const property = (id: string, name: string) => printed.resources.Resources[id]?.Properties[name];

  beforeAll(async () => {
    const cwd = edited("nothing", [...NO_MFA, ...NO_ROTATION, ...CLASSIC_PAGES]);
    printed = await stageOf({ machineClient: "false", healGroups: "false" }, { cwd });
  }, 60_000);

  it("a machine's client names none to the authorizers", () => {
    expect(printed.resources.Resources["ReportingClient"]).toBeUndefined();
    expect(printed.resources.Outputs["ReportingClientId"]).toBeUndefined();
    expect(printed.functions["httpAuthorizer"]?.environment?.["CLAIMGATE_APP_CLIENTS"]).toEqual({
      "Fn::Sub": '{"web":"${WebClient}"}',
    });
  });

  it("rotation refreshes by the flow that Cognito then asks for", () => {
    expect(property("WebClient", "RefreshTokenRotation")).toEqual({ Feature: "DISABLED" });
    expect(property("WebClient", "ExplicitAuthFlows")).toContain("ALLOW_REFRESH_TOKEN_AUTH");
  });

  it("MFA, managed login and healing has nothing of them", () => {
    expect(property("UserPool", "MfaConfiguration")).toBe("OFF");
    expect(property("UserPool", "EnabledMfas")).toBeUndefined();
    expect(property("UserPoolDomain", "ManagedLoginVersion")).toBe(1);
    expect(printed.resources.Resources["WebClientBranding"]).toBeUndefined();
    expect(property("GroupAssignmentPolicy", "Roles")).toEqual([{ Ref: "PostConfirmationRole" }]);
  });
});

describe("what does not go together", () => {
  it("is refused by name before anything is built, where parameters say it", async () => {
    const run = await runServerless(["package", "--param", "emailFrom=a@example.com"]);
    expect(run.code).toBe(1);
    expect(run.output).toContain("--param emailFrom: parameter `emailFrom` is set without `sesIdentityArn`");
    expect(run.output).not.toContain("Service packaged");
  }, 60_000);

  it("is refused with its place before anything is deployed, where the files say it", async () => {
    const cwd = edited("refused", [
      { file: POOL, was: / {8}- SOFTWARE_TOKEN_MFA\n/g, is: "" },
      { file: CLIENTS, was: "AccessTokenValidity: 15", is: "AccessTokenValidity: 4" },
      { file: CLIENTS, was: "[ALLOW_USER_SRP_AUTH]", is: "[ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]" },
      { file: CLIENTS, was: "[COGNITO]", is: "[COGNITO, Facebook]" },
      { file: "serverless.yml", was: "# - ${file(resources/fed", is: "- ${file(resources/fed" },
      {
        file: "resources/federation/google.yml",
        was: /client_secret: "\{\{.*\}\}"/g,
        is: "client_secret: GOCSPX-plain",
      },
    ]);
    const run = await runServerless(["package", "--param", 'trustedProviders={"Google":[]}'], cwd);
    expect(run.code).toBe(1);
    expect(run.output).toContain("UserPool.EnabledMfas: is empty while MfaConfiguration is OPTIONAL");
    expect(run.output).toContain("WebClient.AccessTokenValidity: is 4 minutes");
    expect(run.output).toContain("WebClient.ExplicitAuthFlows: has ALLOW_REFRESH_TOKEN_AUTH");
    expect(run.output).toContain(
      "names the identity provider `Facebook`, which the template does not create",
    );
    expect(run.output).toContain("GoogleIdentityProvider.ProviderDetails.client_secret: is in the template");
    expect(run.output).not.toContain("GOCSPX-plain");
    expect(run.output).not.toContain("Service packaged");
  }, 60_000);

  it("is refused at the line of the variable, where an environment says it", async () => {
    const cwd = edited("unreadable", [
      { file: "serverless.yml", was: "ISSUER_FORMS: original", is: "ISSUER_FORMS: new" },
      { file: "serverless.yml", was: "CLAIMGATE_TOKEN_MEMO:", is: "CLAIMGATE_TOKEN_MEMOS:" },
    ]);
    const run = await runServerless(["package"], cwd);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(
      /^serverless\.yml:\d+:7: environment variable `CLAIMGATE_ISSUER_FORMS` is `new`;/m,
    );
    expect(run.output).toMatch(/^serverless\.yml:\d+:7: unknown .*; did you mean `CLAIMGATE_TOKEN_MEMO`\?/m);
  }, 60_000);
});

describe("a parameter of a former version", () => {
  it("is refused by what has its value now", async () => {
    const run = await runServerless(["package", "--param", "accountRecovery=admin"]);
    expect(run.code).toBe(1);
    expect(run.output).toContain("set `AccountRecoverySetting` in `resources/user-pool.yml` instead");
  }, 60_000);
});
