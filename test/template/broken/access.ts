import type { BrokenTemplate } from "../broken-templates.ts";
import { add, type Editable, identityRole, set } from "../editing.ts";

const statement = (path: string, value: unknown) => (t: Editable) =>
  set(t, "GroupAssignmentPolicy", `Properties.PolicyDocument.Statement.0.${path}`, value);

const AUD = "cognito-identity.amazonaws.com:aud";
const AMR = "cognito-identity.amazonaws.com:amr";

/** An identity pool of the test's own, with one role. */
function identityPool(
  t: Editable,
  condition: unknown,
  roles: (arn: unknown) => unknown,
  pool: object = {},
): void {
  add(t, "BrokenIdentityPool", "AWS::Cognito::IdentityPool", {
    AllowUnauthenticatedIdentities: true,
    AllowClassicFlow: false,
    ...pool,
  });
  add(t, "BrokenIdentityRole", "AWS::IAM::Role", identityRole(condition));
  add(t, "BrokenAttachment", "AWS::Cognito::IdentityPoolRoleAttachment", {
    IdentityPoolId: { Ref: "BrokenIdentityPool" },
    ...(roles({ "Fn::GetAtt": ["BrokenIdentityRole", "Arn"] }) as object),
  });
}

const GOOD_TRUST = {
  StringEquals: { [AUD]: { Ref: "BrokenIdentityPool" } },
  "ForAnyValue:StringLike": { [AMR]: "authenticated" },
};
const signedIn = (arn: unknown) => ({ Roles: { authenticated: arn } });
const mapped = (mapping: unknown) => (arn: unknown) => ({ ...signedIn(arn), RoleMappings: { web: mapping } });
const rules = (arn: unknown, count: number, type = "Equals") =>
  Array.from({ length: count }, () => ({ Claim: "role", MatchType: type, Value: "x", RoleARN: arn }));

/** IAM, identity pools and logs. */
export const BROKEN_ACCESS: readonly BrokenTemplate[] = [
  {
    what: "IAM: every resource",
    breakIt: statement("Resource", "*"),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: every user pool",
    breakIt: statement("Resource", {
      "Fn::Sub": "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*",
    }),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: every action",
    breakIt: statement("Action", ["cognito-idp:*"]),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: every action but one",
    breakIt: (t) => {
      statement("Action", undefined)(t);
      statement("NotAction", "iam:CreateUser")(t);
    },
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: a role passed to whoever takes it",
    breakIt: statement("Action", ["iam:PassRole"]),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: a role for everybody",
    breakIt: (t) => set(t, "PreSignUpRole", "Properties.AssumeRolePolicyDocument.Statement.0.Principal", "*"),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: full access by a managed policy",
    breakIt: (t) =>
      set(t, "PreSignUpRole", "Properties.ManagedPolicyArns", [
        "arn:aws:iam::aws:policy/AmazonCognitoPowerUserFullAccess",
      ]),
    checks: ["iam-breadth"],
    rules: [],
  },
  {
    what: "IAM: an action that does not exist",
    breakIt: statement("Action", ["cognito-idp:AdminAddUserToGrup"]),
    checks: [],
    rules: ["W3037"],
  },
  {
    what: "an identity role that any pool may hand out",
    breakIt: (t) => identityPool(t, { "ForAnyValue:StringLike": { [AMR]: "authenticated" } }, signedIn),
    checks: ["identity-trust"],
    rules: [],
  },
  {
    what: "an identity role that guests may take too",
    breakIt: (t) => identityPool(t, { StringEquals: { [AUD]: { Ref: "BrokenIdentityPool" } } }, signedIn),
    checks: ["identity-trust"],
    rules: [],
  },
  {
    what: "the role of signed-in users given to guests",
    breakIt: (t) => identityPool(t, GOOD_TRUST, (arn) => ({ Roles: { unauthenticated: arn } })),
    checks: ["identity-trust"],
    rules: [],
  },
  {
    what: "a condition that holds where the key is missing",
    breakIt: (t) =>
      identityPool(
        t,
        { StringEquals: GOOD_TRUST.StringEquals, "ForAllValues:StringLike": { [AMR]: "authenticated" } },
        signedIn,
      ),
    checks: ["identity-trust"],
    rules: [],
  },
  {
    what: "the classic flow",
    breakIt: (t) => identityPool(t, GOOD_TRUST, signedIn, { AllowClassicFlow: true }),
    checks: ["identity-pool-open"],
    rules: [],
  },
  {
    what: "credentials for a user who has been signed out",
    breakIt: (t) =>
      identityPool(t, GOOD_TRUST, signedIn, {
        CognitoIdentityProviders: [
          { ClientId: { Ref: "WebClient" }, ProviderName: { "Fn::GetAtt": ["UserPool", "ProviderName"] } },
        ],
      }),
    checks: ["identity-pool-open"],
    rules: [],
  },
  {
    what: "role mappings of a kind that does not exist",
    breakIt: (t) => identityPool(t, GOOD_TRUST, mapped({ Type: "Magic", AmbiguousRoleResolution: "Never" })),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "rules of a kind that does not exist",
    breakIt: (t) =>
      identityPool(t, GOOD_TRUST, (arn) =>
        mapped({ Type: "Rules", RulesConfiguration: { Rules: rules(arn, 1, "Like") } })(arn),
      ),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "twenty-six rules",
    breakIt: (t) =>
      identityPool(t, GOOD_TRUST, (arn) =>
        mapped({ Type: "Rules", RulesConfiguration: { Rules: rules(arn, 26) } })(arn),
      ),
    checks: ["property-value"],
    rules: [],
  },
  {
    what: "a function without a log group",
    breakIt: (t) => set(t, "OrdersLogGroup", "Properties.LogGroupName", "/aws/lambda/somebody-else"),
    checks: ["log-retention"],
    rules: [],
  },
  {
    what: "logs for ever",
    breakIt: (t) => set(t, "OrdersLogGroup", "Properties.RetentionInDays", undefined),
    checks: ["log-retention"],
    rules: [],
  },
  {
    what: "logs for a time that CloudWatch does not know",
    breakIt: (t) => set(t, "OrdersLogGroup", "Properties.RetentionInDays", 91),
    checks: [],
    rules: ["E3030"],
  },
];
