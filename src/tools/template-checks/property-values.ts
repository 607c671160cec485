import { QUOTAS } from "../cloudformation/quotas.ts";

/** The valid values of a property for which the published schemas, and so cfn-lint 1.58, accept everything. */
export interface ValueRule {
  readonly type: string;
  /** Keys joined by dots, `*` for every item; see `valuesAt`. */
  readonly path: string;
  /** The text after "expected" in the message. */
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

/**
 * Sources: the property pages of the CloudFormation template reference and the API references that they link to.
 * test/template/broken-templates.ts shows for each that cfn-lint accepts the wrong value: a row can go when it no
 * longer does.
 */
export const VALUES: readonly ValueRule[] = [
  oneOf("AWS::Cognito::UserPool", "EnabledMfas.*", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]),
  oneOf("AWS::Cognito::UserPoolDomain", "ManagedLoginVersion", [1, 2]),
  matching(
    "AWS::Cognito::UserPoolDomain",
    "Domain",
    /^(?!.*(aws|amazon|cognito))|\./,
    "a prefix without `aws`, `amazon` and `cognito`, or a domain of your own",
  ),
  oneOf("AWS::Cognito::IdentityPoolRoleAttachment", "RoleMappings.*.Type", ["Token", "Rules"]),
  oneOf("AWS::Cognito::IdentityPoolRoleAttachment", "RoleMappings.*.AmbiguousRoleResolution", [
    "AuthenticatedRole",
    "Deny",
  ]),
  oneOf("AWS::Cognito::IdentityPoolRoleAttachment", "RoleMappings.*.RulesConfiguration.Rules.*.MatchType", [
    "Equals",
    "Contains",
    "StartsWith",
    "NotEqual",
  ]),
  {
    type: "AWS::Cognito::IdentityPoolRoleAttachment",
    path: "RoleMappings.*.RulesConfiguration.Rules",
    expected: `from 1 to ${QUOTAS.mappingRules} rules`,
    holds: (value) => Array.isArray(value) && value.length >= 1 && value.length <= QUOTAS.mappingRules,
  },
  oneOf("AWS::ApiGateway::Method", "AuthorizationType", ["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]),
  matching(
    "AWS::ApiGateway::Authorizer",
    "IdentitySource",
    /^ *(method\.request\.(header|querystring)|stageVariables|context)\.[^ ,]+( *, *(method\.request\.(header|querystring)|stageVariables|context)\.[^ ,]+)* *$/,
    "sources such as `method.request.header.Authorization`, with commas between them",
  ),
  oneOf("AWS::ApiGatewayV2::Authorizer", "AuthorizerType", ["REQUEST", "JWT"]),
  oneOf("AWS::ApiGatewayV2::Authorizer", "AuthorizerPayloadFormatVersion", ["1.0", "2.0"]),
  matching(
    "AWS::ApiGatewayV2::Authorizer",
    "IdentitySource.*",
    /^(\$(request\.(header|querystring)|context|stageVariables)|route\.request\.(header|querystring)|context|stageVariables)\..+$/,
    "a source such as `$request.header.Authorization`",
  ),
  within("AWS::ApiGatewayV2::Authorizer", "AuthorizerResultTtlInSeconds", 0, 3600),
  oneOf("AWS::ApiGatewayV2::Integration", "PayloadFormatVersion", ["1.0", "2.0"]),
  oneOf("AWS::ApiGatewayV2::Route", "AuthorizationType", ["NONE", "JWT", "AWS_IAM", "CUSTOM"]),
  matching(
    "AWS::ApiGatewayV2::Route",
    "RouteKey",
    /^(\$default|\$connect|\$disconnect|(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \/.*|[^ /]+)$/,
    "a method and a path such as `GET /orders`, or `$default`",
  ),
  within("AWS::ApiGatewayV2::Stage", "DefaultRouteSettings.ThrottlingBurstLimit", 0, Number.MAX_SAFE_INTEGER),
  within("AWS::ApiGatewayV2::Stage", "DefaultRouteSettings.ThrottlingRateLimit", 0, Number.MAX_SAFE_INTEGER),
  oneOf("AWS::Lambda::Permission", "Action", ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"]),
];

function oneOf(type: string, path: string, allowed: readonly (string | number)[]): ValueRule {
  const texts = allowed.map(String);
  const expected = texts.map((text) => `\`${text}\``).join(" or ");
  return { type, path, expected, holds: (value) => texts.includes(String(value)) };
}

function matching(type: string, path: string, pattern: RegExp, expected: string): ValueRule {
  return { type, path, expected, holds: (value) => typeof value === "string" && pattern.test(value) };
}

function within(type: string, path: string, least: number, most: number): ValueRule {
  const expected =
    most === Number.MAX_SAFE_INTEGER ? `a number from ${least}` : `a number from ${least} to ${most}`;
  return { type, path, expected, holds: (value) => Number(value) >= least && Number(value) <= most };
}
