import fc from "fast-check";
import { quoteField } from "../../../../../src/policy/csv.ts";
import { parsePolicy } from "../../../../../src/policy/parse.ts";
import { parseGroupsFile } from "../../../../../src/tools/lint/groups-file.ts";
import {
  type StackPolicy,
  withPolicyResources,
} from "../../../../../src/tools/stack/from-policy/generate.ts";

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
}

const POOL = { UserPool: { Type: "AWS::Cognito::UserPool", Properties: {} } };

function policy(csv: string, groups = "", more: Partial<StackPolicy> = {}): StackPolicy {
  const { rows, findings } = parsePolicy([{ path: "p.csv", text: csv }]);
  expect(findings).toEqual([]);
  const settings = parseGroupsFile("groups.yaml", groups);
  expect(settings.findings).toEqual([]);
  return {
    rows,
    groups: settings.groups ?? [],
    createsGroups: true,
    scopePrefix: "",
    poolAlias: "",
    ...more,
  };
}

function generated(resources: object, from: StackPolicy): Readonly<Record<string, Resource>> {
  return withPolicyResources({ ...resources }, from) as Readonly<Record<string, Resource>>;
}

const groupNames = (resources: Readonly<Record<string, Resource>>) =>
  Object.values(resources)
    .filter(({ Type }) => Type === "AWS::Cognito::UserPoolGroup")
    .map(({ Properties }) => Properties["GroupName"]);

describe("the groups of the policy", () => {
  it("are those of `g`, `g3` and `p` rows, each once, but for those that Cognito makes", () => {
    const csv = [
      "g, group:support, role:support",
      "g, group:support, role:viewer",
      "g3, *@example.com, group:customers",
      "p, group:auditors, orders:read, allow",
      "g, group:eu-west-1_aB3dE_Google, role:viewer",
      "g, client:reporting, role:viewer",
    ].join("\n");
    expect(groupNames(generated(POOL, policy(csv)))).toEqual(["auditors", "customers", "support"]);
  });

  it("are those of the stage's own pool where there are several, by their names in it", () => {
    const csv = [
      "g, group:main/support, role:support",
      "g, group:legacy/support, role:support",
      "g, group:main/eu-west-1_aB3dE_Google, role:viewer",
      "g3, *@example.com, group:main/customers",
      "g, group:mainly, role:viewer",
    ].join("\n");
    const settings = "main/support: { precedence: 3 }";
    const made = generated(POOL, policy(csv, settings, { poolAlias: "main" }));
    expect(groupNames(made)).toEqual(["customers", "support"]);
    expect(made["SupportGroup"]).toMatchObject({ Properties: { Precedence: 3 } });
  });

  it("have what groups.yaml says, and stay in the pool when they leave the stack", () => {
    const settings = "support: { description: Helps, precedence: 0 }";
    expect(generated(POOL, policy("g, group:support, role:s", settings))["SupportGroup"]).toEqual({
      Type: "AWS::Cognito::UserPoolGroup",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        UserPoolId: { Ref: "UserPool" },
        GroupName: "support",
        Description: "Helps",
        Precedence: 0,
      },
    });
  });

  it("are left out where the resources have them, under whatever logical name", () => {
    const written = {
      ...POOL,
      Helpers: { Type: "AWS::Cognito::UserPoolGroup", Properties: { GroupName: "support" } },
    };
    const resources = generated(written, policy("g, group:support, role:s\ng, group:finance, role:f"));
    expect(groupNames(resources)).toEqual(["support", "finance"]);
  });

  it("are left out where the stack does not create them, or has no pool of its own", () => {
    const csv = "g, group:support, role:s";
    expect(generated(POOL, policy(csv, "", { createsGroups: false }))).toEqual(POOL);
    expect(generated({}, policy(csv))).toEqual({});
    const two = { A: POOL.UserPool, B: POOL.UserPool };
    expect(generated(two, policy(csv))).toEqual(two);
  });

  it("belong to the one pool that there is, whatever its logical name", () => {
    const resources = generated({ People: POOL.UserPool }, policy("g, group:support, role:s"));
    expect(resources["SupportGroup"]?.Properties["UserPoolId"]).toEqual({ Ref: "People" });
  });

  it("do not take the logical name of something else", () => {
    const taken = { ...POOL, SupportGroup: { Type: "AWS::SNS::Topic" } };
    expect(() => generated(taken, policy("g, group:support, role:s"))).toThrow(
      "the resource `SupportGroup` has the logical name that claimgate generates for the group `support` of the policy; give the resource another name",
    );
  });

  it("are all there exactly once, and do not depend on each other or on the order of the rows", () => {
    const name = fc
      .string({ unit: fc.constantFrom("a", "A", "-", "_", ",", ":", "é", "1", "Log"), minLength: 1 })
      .filter((text) => text.length <= 128);
    const row = fc.constantFrom(
      (group: string) => `g, ${group}, role:r`,
      (group: string) => `p, ${group}, a:read, allow`,
      (group: string) => `g3, *, ${group}`,
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), row, (names, write) => {
        const rows = names.map((one) => write(quoteField(`group:${one}`)));
        const all = generated(POOL, policy(rows.join("\n")));
        expect(groupNames(all).sort()).toEqual([...names].sort());
        expect(generated(POOL, policy([...rows].reverse().join("\n")))).toEqual(all);
        const alone = generated(POOL, policy(rows[0] ?? ""));
        expect(all).toEqual({ ...all, ...alone });
      }),
    );
  });
});

const TRUST = { Version: "2012-10-17", Statement: [{ Action: ["sts:AssumeRoleWithWebIdentity"] }] };
const IDENTITY = {
  ...POOL,
  IdentityPool: { Type: "AWS::Cognito::IdentityPool", Properties: {} },
  SignedInRole: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: TRUST } },
  FinanceRole: { Type: "AWS::IAM::Role", Properties: {} },
};
const FILES = {
  ...IDENTITY,
  SignedInPolicy: { Type: "AWS::IAM::ManagedPolicy", Properties: {} },
  UserFilesBucket: { Type: "AWS::S3::Bucket", Properties: {} },
};

describe("the IAM role of a group", () => {
  const ROW = "g, group:finance, role:f";
  const roleArn = (resources: object, settings: string) =>
    generated(resources, policy(ROW, settings))["FinanceGroup"]?.Properties["RoleArn"];

  it("is an ARN, or a role of the stack", () => {
    const arn = "arn:aws:iam::111122223333:role/finance";
    expect(roleArn(IDENTITY, `finance: { iamRole: "${arn}" }`)).toBe(arn);
    expect(roleArn(IDENTITY, "finance: { iamRole: FinanceRole }")).toEqual({
      "Fn::GetAtt": ["FinanceRole", "Arn"],
    });
  });

  it("is left out where the stage does not have it", () => {
    expect(roleArn(POOL, "finance: { iamRole: FinanceRole }")).toBeUndefined();
    expect(roleArn(POOL, "finance: { iamRole: { generate: {} } }")).toBeUndefined();
    expect(roleArn(IDENTITY, "finance: { iamRole: UserPool }")).toBeUndefined();
  });

  it("is generated: trusted like that of signed-in users, with what they may do and the group's prefixes", () => {
    const settings = "finance: { iamRole: { generate: { read: [reports/, a/b/], write: [inbox/] } } }";
    const resources = generated(FILES, policy(ROW, settings));
    expect(resources["FinanceGroup"]?.Properties["RoleArn"]).toEqual({
      "Fn::GetAtt": ["FinanceGroupRole", "Arn"],
    });
    const below = (prefix: string) => ({ "Fn::Sub": `\${UserFilesBucket.Arn}/${prefix}*` });
    expect(resources["FinanceGroupRole"]?.Properties).toEqual({
      Description: "Members of the user pool group finance",
      AssumeRolePolicyDocument: TRUST,
      ManagedPolicyArns: [{ Ref: "SignedInPolicy" }],
      Policies: [
        {
          PolicyName: "group",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: ["s3:GetObject"], Resource: [below("reports/"), below("a/b/")] },
              {
                Effect: "Allow",
                Action: ["s3:ListBucket"],
                Resource: { "Fn::GetAtt": ["UserFilesBucket", "Arn"] },
                Condition: { StringLike: { "s3:prefix": ["reports/*", "a/b/*"] } },
              },
              { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: [below("inbox/")] },
            ],
          },
        },
      ],
    });
  });

  it("may be one that may do nothing", () => {
    const settings = "finance: { iamRole: { generate: { signedIn: false } } }";
    expect(generated(FILES, policy(ROW, settings))["FinanceGroupRole"]?.Properties).toEqual({
      Description: "Members of the user pool group finance",
      AssumeRolePolicyDocument: TRUST,
    });
  });

  it("has no rights to files that the stage does not have", () => {
    const settings = "finance: { iamRole: { generate: { read: [reports/] } } }";
    const role = generated(IDENTITY, policy(ROW, settings))["FinanceGroupRole"];
    expect(Object.keys(role?.Properties ?? {})).toEqual(["Description", "AssumeRolePolicyDocument"]);
  });

  it("does not take the logical name of something else", () => {
    const taken = { ...FILES, FinanceGroupRole: { Type: "AWS::IAM::Role" } };
    expect(() => generated(taken, policy(ROW, "finance: { iamRole: { generate: {} } }"))).toThrow(
      "`FinanceGroupRole` has the logical name that claimgate generates for the group `finance`",
    );
    expect(generated(taken, policy(ROW))["FinanceGroupRole"]).toEqual({ Type: "AWS::IAM::Role" });
  });
});

describe("role mapping by rules", () => {
  const attachment = (mapping: object) => ({
    ...FILES,
    Roles: {
      Type: "AWS::Cognito::IdentityPoolRoleAttachment",
      Properties: { Roles: { authenticated: "x" }, RoleMappings: { web: mapping } },
    },
  });
  const RULES = { Type: "Rules", AmbiguousRoleResolution: "Deny" };
  const mappings = (mapping: object, csv: string, groups: string) =>
    generated(attachment(mapping), policy(csv, groups))["Roles"]?.Properties["RoleMappings"];

  const CSV = "abcd".replace(/./g, (name) => `g, group:${name}x, role:r\n`);
  const GROUPS = [
    "ax: { iamRole: A }",
    "bx: { precedence: 20, iamRole: 'arn:aws:iam::111122223333:role/b' }",
    "cx: { precedence: 10, iamRole: { generate: {} } }",
    "dx: { precedence: 5 }",
  ].join("\n");

  it("gives each group with a role its rule, in the order of precedence", () => {
    const contains = (Value: string, RoleARN: unknown) => ({
      Claim: "cognito:groups",
      MatchType: "Contains",
      Value,
      RoleARN,
    });
    const groups = `${GROUPS.replace("iamRole: A", "iamRole: FinanceRole")}`;
    expect(mappings(RULES, CSV, groups)).toEqual({
      web: {
        ...RULES,
        RulesConfiguration: {
          Rules: [
            contains("cx", { "Fn::GetAtt": ["CxGroupRole", "Arn"] }),
            contains("bx", "arn:aws:iam::111122223333:role/b"),
            contains("ax", { "Fn::GetAtt": ["FinanceRole", "Arn"] }),
          ],
        },
      },
    });
  });

  it("goes where no group has a role, since AWS takes no empty list", () => {
    expect(mappings(RULES, CSV, "")).toBeUndefined();
  });

  it("stays as it is where the rules are written, or the token decides", () => {
    const written = { ...RULES, RulesConfiguration: { Rules: [{ Claim: "custom:dept" }] } };
    expect(mappings(written, CSV, GROUPS)).toEqual({ web: written });
    const token = { Type: "Token", AmbiguousRoleResolution: "Deny" };
    expect(mappings(token, CSV, GROUPS)).toEqual({ web: token });
  });
});

describe("scopes", () => {
  const server = (Identifier: unknown, more: object = {}) => ({
    Type: "AWS::Cognito::UserPoolResourceServer",
    Properties: { Identifier, Name: "x", ...more },
  });
  const machine = (more: object = {}) => ({
    Type: "AWS::Cognito::UserPoolClient",
    Properties: { AllowedOAuthFlows: ["client_credentials"], ...more },
  });
  const CSV = [
    "p, scope:orders-api/reports.read, reports:read, allow",
    "p, scope:orders-api/reports.read, reports:list, allow",
    "p, scope:orders-api/reports.export, reports:export, deny",
    "g, scope:https://api.example.com/all, role:everything",
    "p, scope:elsewhere/x, reports:read, allow",
    "p, scope:orders-api/with/slash, reports:read, allow",
    "g2, GET /reports, reports:read",
    "g2, POST /reports, reports:export",
    "g2, GET /health, public",
  ].join("\n");
  const scopes = (resource: Resource | undefined) => resource?.Properties["Scopes"];

  it("of a resource server are those that rows name under its identifier", () => {
    const resources = generated(
      { Orders: server("orders-api"), Other: server("https://api.example.com") },
      policy(CSV),
    );
    expect(scopes(resources["Orders"])).toEqual([
      { ScopeName: "reports.export", ScopeDescription: "reports.export" },
      { ScopeName: "reports.read", ScopeDescription: "reports.read" },
    ]);
    expect(scopes(resources["Other"])).toEqual([{ ScopeName: "all", ScopeDescription: "all" }]);
  });

  it("are the permissions as well where they have its prefix, but not for machines", () => {
    const resources = generated(
      { Orders: server("orders-api"), Machine: machine() },
      policy(CSV, "", { scopePrefix: "orders-api/" }),
    );
    expect(scopes(resources["Orders"])).toEqual([
      { ScopeName: "reports.export", ScopeDescription: "reports.export" },
      { ScopeName: "reports.read", ScopeDescription: "reports.read" },
      { ScopeName: "reports:export", ScopeDescription: "reports:export" },
      { ScopeName: "reports:read", ScopeDescription: "reports:read" },
    ]);
    expect(resources["Machine"]).toMatchObject({
      DependsOn: ["Orders"],
      Properties: { AllowedOAuthScopes: ["orders-api/reports.export", "orders-api/reports.read"] },
    });
  });

  it("stay as they are written, and a machine may have those that rows name", () => {
    const written = [{ ScopeName: "reports.read", ScopeDescription: "Read reports" }];
    const resources = generated(
      {
        Orders: server("orders-api", { Scopes: written }),
        Unknown: server({ Ref: "X" }),
        Machine: { ...machine(), DependsOn: "Orders" },
        Web: { Type: "AWS::Cognito::UserPoolClient", Properties: { AllowedOAuthFlows: ["code"] } },
        Lister: machine({ AllowedOAuthScopes: ["orders-api/reports.read"] }),
      },
      policy(CSV),
    );
    expect(scopes(resources["Orders"])).toEqual(written);
    expect(scopes(resources["Unknown"])).toBeUndefined();
    expect(resources["Machine"]).toMatchObject({
      DependsOn: ["Orders", "Unknown"],
      Properties: { AllowedOAuthScopes: ["orders-api/reports.read"] },
    });
    expect(resources["Web"]?.Properties["AllowedOAuthScopes"]).toBeUndefined();
    expect(resources["Lister"]?.DependsOn).toBeUndefined();
  });

  it("of two machines are not guessed: each would get those of the other", () => {
    expect(() => generated({ A: machine(), B: machine() }, policy(CSV))).toThrow(
      "`A` and `B` leave out AllowedOAuthScopes: list the scopes of each of them",
    );
  });

  it("stay the same whatever rows give them, so that a row changes code and nothing else", () => {
    const one = generated({ A: server("a") }, policy("p, scope:a/b, x:read, allow"));
    const other = generated(
      { A: server("a") },
      policy("p, scope:a/b, x:read, allow\np, scope:a/b, y:read, deny"),
    );
    expect(other).toEqual(one);
    expect(scopes(one["A"])).toEqual([{ ScopeName: "b", ScopeDescription: "b" }]);
  });
});

describe("everything at once", () => {
  it("is plain data without shared parts, which `sls print` would print as references", () => {
    const csv = "g, group:a, role:r\ng, group:b, role:r";
    const groups = "a: { iamRole: { generate: {} } }\nb: { precedence: 1, iamRole: { generate: {} } }";
    const resources = generated(FILES, policy(csv, groups));
    const documents = ["SignedInRole", "AGroupRole", "BGroupRole"].map(
      (name) => resources[name]?.Properties["AssumeRolePolicyDocument"],
    );
    expect(documents).toEqual([TRUST, TRUST, TRUST]);
    expect(new Set(documents).size).toBe(3);
  });

  it("changes nothing the second time", () => {
    const from = policy("g, group:a, role:r\ng3, *, group:b", "a: { iamRole: { generate: {} } }");
    const once = generated(FILES, from);
    expect(generated(once, from)).toEqual(once);
  });
});
