import { runServerless } from "../support/serverless.ts";

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Stack {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The stack as it is packaged, before functions and APIs are added. */
async function stackOf(...args: readonly string[]): Promise<Stack> {
  const run = await runServerless(["print", "--format", "json", ...args]);
  expect(run).toMatchObject({ code: 0 });
  const service = JSON.parse(run.stdout.slice(run.stdout.indexOf("{"))) as { resources: Stack };
  return service.resources;
}

const param = (name: string, value: string) => ["--param", `${name}=${value}`];

/** The identity provider of a role mapping: user pool and app client. */
const OWN_CLIENT = {
  "Fn::Join": [":", [{ "Fn::GetAtt": ["UserPool", "ProviderName"] }, { Ref: "WebClient" }]],
};

function property(stack: Stack, name: string, key: string): unknown {
  return stack.Resources[name]?.Properties[key];
}

function statementsOf(document: unknown): readonly Statement[] {
  return (document as { Statement: Statement[] }).Statement;
}

const trustOf = (stack: Stack, role: string) =>
  statementsOf(property(stack, role, "AssumeRolePolicyDocument"));

function ofType(stack: Stack, type: string): string[] {
  return Object.entries(stack.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([name]) => name);
}

describe("the identity pool by default", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await stackOf();
  }, 60_000);

  it("knows users of the web client only, checks that they still exist, and has no classic flow", () => {
    expect(stack.Resources["IdentityPool"]?.Properties).toMatchObject({
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: false,
      CognitoIdentityProviders: [
        {
          ProviderName: { "Fn::GetAtt": ["UserPool", "ProviderName"] },
          ClientId: { Ref: "WebClient" },
          ServerSideTokenCheck: true,
        },
      ],
    });
  });

  it("lets the token choose the role, and falls back to the one of all users", () => {
    expect(stack.Resources["IdentityPoolRoles"]?.Properties).toMatchObject({
      Roles: { authenticated: { "Fn::GetAtt": ["SignedInRole", "Arn"] } },
      RoleMappings: {
        webClient: {
          IdentityProvider: OWN_CLIENT,
          Type: "Token",
          AmbiguousRoleResolution: "AuthenticatedRole",
        },
      },
    });
    expect(property(stack, "IdentityPoolRoles", "Roles")).not.toHaveProperty("unauthenticated");
    expect(stack.Resources).not.toHaveProperty("GuestRole");
  });

  it("tags sessions with what no app client may write", () => {
    expect(property(stack, "IdentityPoolTags", "PrincipalTags")).toEqual({
      sub: "sub",
      tenant: "custom:tenant_id",
    });
    for (const client of ofType(stack, "AWS::Cognito::UserPoolClient")) {
      expect(property(stack, client, "WriteAttributes")).not.toContain("custom:tenant_id");
    }
  });

  it("gives its roles to signed-in users of this pool alone", () => {
    const roles = ["SignedInRole", "FinanceGroupRole", "AdminsGroupRole", "SuspendedGroupRole"];
    expect(ofType(stack, "AWS::IAM::Role")).toEqual(expect.arrayContaining(roles));
    for (const role of roles) {
      expect(trustOf(stack, role)).toEqual([
        {
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
          Condition: {
            StringEquals: { "cognito-identity.amazonaws.com:aud": { Ref: "IdentityPool" } },
            "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
          },
        },
      ]);
    }
  });

  it("names the roles of groups in the user pool, by precedence", () => {
    const groups = ["SuspendedGroup", "AdminsGroup", "FinanceGroup"];
    expect(groups.map((group) => property(stack, group, "Precedence"))).toEqual([0, 10, 20]);
    for (const group of groups) {
      expect(property(stack, group, "RoleArn")).toEqual({ "Fn::GetAtt": [`${group}Role`, "Arn"] });
    }
    expect(property(stack, "CustomersGroup", "RoleArn")).toBeUndefined();
  });

  it("lets a user into the folder of the own `sub`, and names it nowhere else", () => {
    const statements = statementsOf(property(stack, "SignedInPolicy", "PolicyDocument"));
    const below = (path: string) => ({ "Fn::Sub": `\${UserFilesBucket.Arn}/${path}` });
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], below("users/${!aws:PrincipalTag/sub}/*")],
      ["s3:ListBucket", { "Fn::GetAtt": ["UserFilesBucket", "Arn"] }],
      ["s3:GetObject", below("tenants/${!aws:PrincipalTag/tenant}/*")],
      ["s3:GetObject", below("public/*")],
    ]);
    // As CloudFormation joins it: the variable is for IAM to fill in.
    const prefix = statements[1]?.Condition?.["StringLike"]?.["s3:prefix"] as { "Fn::Join": unknown[] };
    const [separator, parts] = prefix["Fn::Join"] as [string, string[]];
    expect(parts.join(separator)).toBe("users/${aws:PrincipalTag/sub}/*");
  });

  it("gives the suspended a role that may do nothing", () => {
    expect(property(stack, "SuspendedGroupRole", "Policies")).toBeUndefined();
    expect(property(stack, "SuspendedGroupRole", "ManagedPolicyArns")).toBeUndefined();
    expect(property(stack, "FinanceGroupRole", "ManagedPolicyArns")).toEqual([{ Ref: "SignedInPolicy" }]);
  });

  it("keeps the files private, encrypted, and off plain HTTP", () => {
    expect(stack.Resources["UserFilesBucket"]).toMatchObject({
      DeletionPolicy: "Delete",
      UpdateReplacePolicy: "Delete",
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      },
    });
    const [statement] = statementsOf(property(stack, "UserFilesBucketPolicy", "PolicyDocument"));
    expect(statement).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});

describe("the identity pool of prod", () => {
  it("keeps the files when the stack goes", async () => {
    const stack = await stackOf("--stage", "prod");
    expect(stack.Resources["UserFilesBucket"]).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
    });
  }, 60_000);
});

describe("a user pool that exists already", () => {
  const existing = [
    ...param("existingUserPoolId", "us-east-1_EXAMPLE12"),
    ...param("existingAppClients", '{"web":"1h57kf5cpq17m0eml12EXAMPLE","ios":"2h57kf5cpq17m0eml12EXAMPLE"}'),
    ...param("healGroups", "false"),
  ];

  it("has no identity pool by default, and no groups", async () => {
    const stack = await stackOf(...existing);
    const cognito = Object.values(stack.Resources).filter(({ Type }) => Type.startsWith("AWS::Cognito::"));
    expect(cognito).toEqual([]);
    expect(ofType(stack, "AWS::S3::Bucket")).toEqual([]);
  }, 60_000);

  it("has one for each of its app clients where a stage asks for it", async () => {
    const stack = await stackOf(...existing, ...param("identityPool", "existing"));
    const provider = { "Fn::Sub": "cognito-idp.${AWS::Region}.${AWS::URLSuffix}/us-east-1_EXAMPLE12" };
    const clients = ["1h57kf5cpq17m0eml12EXAMPLE", "2h57kf5cpq17m0eml12EXAMPLE"];
    expect(property(stack, "IdentityPool", "CognitoIdentityProviders")).toEqual(
      clients.map((ClientId) => ({ ProviderName: provider, ClientId, ServerSideTokenCheck: true })),
    );
    const mappings = property(stack, "IdentityPoolRoles", "RoleMappings") as Record<string, object>;
    expect(Object.values(mappings)).toEqual(
      clients.map((client) => ({
        IdentityProvider: { "Fn::Join": [":", [provider, client]] },
        Type: "Token",
        AmbiguousRoleResolution: "AuthenticatedRole",
      })),
    );
    expect(ofType(stack, "AWS::Cognito::UserPoolGroup")).toEqual([]);
    expect(JSON.stringify(stack.Resources)).not.toMatch(/"UserPool"|WebClient/);
  }, 60_000);
});

describe("without an identity pool", () => {
  it("there is nothing of it, and groups have no role that nobody could assume", async () => {
    const stack = await stackOf(...param("identityPool", "false"));
    const left = Object.entries(stack.Resources).filter(
      ([name, { Type }]) =>
        Type.includes("Identity") || Type.startsWith("AWS::S3::") || /SignedIn|Guest|GroupRole/.test(name),
    );
    expect(left).toEqual([]);
    expect(ofType(stack, "AWS::Cognito::UserPoolGroup")).toHaveLength(7);
    expect(property(stack, "FinanceGroup", "RoleArn")).toBeUndefined();
    expect(property(stack, "FinanceGroup", "Precedence")).toBe(20);
    expect(Object.keys(stack.Outputs)).not.toContain("IdentityPoolId");
  }, 60_000);
});

describe("with guests and rules", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await stackOf(...param("guestAccess", "true"), ...param("roleMapping", "rules"));
  }, 60_000);

  it("guests read public files and nothing else", () => {
    expect(property(stack, "IdentityPool", "AllowUnauthenticatedIdentities")).toBe(true);
    expect(property(stack, "IdentityPoolRoles", "Roles")).toMatchObject({
      unauthenticated: { "Fn::GetAtt": ["GuestRole", "Arn"] },
    });
    expect(trustOf(stack, "GuestRole")).toMatchObject([
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { "cognito-identity.amazonaws.com:aud": { Ref: "IdentityPool" } },
          "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
        },
      },
    ]);
    const policies = property(stack, "GuestRole", "Policies") as { PolicyDocument: unknown }[];
    expect(policies.flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))).toEqual([
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: { "Fn::Sub": "${UserFilesBucket.Arn}/public/*" },
      },
    ]);
  });

  it("the rules are the groups with a role, the suspended first", () => {
    const rule = (group: string, name: string) => ({
      Claim: "cognito:groups",
      MatchType: "Contains",
      Value: name,
      RoleARN: { "Fn::GetAtt": [`${group}GroupRole`, "Arn"] },
    });
    expect(property(stack, "IdentityPoolRoles", "RoleMappings")).toEqual({
      webClient: {
        IdentityProvider: OWN_CLIENT,
        Type: "Rules",
        AmbiguousRoleResolution: "AuthenticatedRole",
        RulesConfiguration: {
          Rules: [rule("Suspended", "suspended"), rule("Admins", "admins"), rule("Finance", "finance")],
        },
      },
    });
  });
});

describe("without files", () => {
  it("the credentials are good for nothing yet, also those of groups and guests", async () => {
    const stack = await stackOf(...param("userFiles", "false"), ...param("guestAccess", "true"));
    const roles = ["SignedInRole", "GuestRole", "FinanceGroupRole", "AdminsGroupRole"];
    for (const role of roles) {
      expect(stack.Resources[role]?.Type).toBe("AWS::IAM::Role");
      expect(property(stack, role, "Policies")).toBeUndefined();
      expect(property(stack, role, "ManagedPolicyArns")).toBeUndefined();
    }
    expect(ofType(stack, "AWS::S3::Bucket")).toEqual([]);
  }, 60_000);
});
