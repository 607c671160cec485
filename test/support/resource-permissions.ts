/**
 * What CloudFormation calls, with the deployer's permissions, for a resource of each type that the stack may have: the
 * `handlers.*.permissions` of the resource schemas that AWS publishes (CloudFormation registry, September 2026).
 *
 * Left out is what only properties need that the template does not set: KMS keys, VPCs, code signing, capacity
 * providers, Kinesis and push of identity pools, replication, inventories and the like of S3. API Gateway has no
 * actions by name; its permissions are HTTP methods on paths. The framework tags the stack (`STAGE`), and
 * CloudFormation passes the tag on to every resource that takes tags.
 */
const PERMISSIONS: Readonly<Record<string, string>> = {
  "AWS::ApiGateway::Account": "apigateway: GET PATCH; iam: GetRole PassRole",
  "AWS::ApiGateway::Authorizer": "apigateway: GET POST PATCH DELETE",
  "AWS::ApiGateway::Deployment": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGateway::GatewayResponse": "apigateway: GET PUT DELETE",
  "AWS::ApiGateway::Method": "apigateway: GET PUT DELETE",
  "AWS::ApiGateway::Resource": "apigateway: GET POST PATCH DELETE",
  "AWS::ApiGateway::RestApi": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGateway::Stage": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::Api": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::Authorizer": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::Deployment": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::Integration": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::RouteResponse": "apigateway: GET POST PUT PATCH DELETE",
  "AWS::ApiGatewayV2::Route": "apigateway: GET POST PUT PATCH DELETE",
  // Access logs need the rights of "Configure logging for HTTP APIs" in API Gateway's developer guide.
  "AWS::ApiGatewayV2::Stage":
    "apigateway: GET POST PUT PATCH DELETE; logs: CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies DescribeLogGroups",
  "AWS::CloudWatch::Alarm":
    "cloudwatch: PutMetricAlarm DescribeAlarms DeleteAlarms TagResource UntagResource ListTagsForResource",
  "AWS::Cognito::IdentityPool":
    "cognito-identity: CreateIdentityPool DescribeIdentityPool UpdateIdentityPool DeleteIdentityPool TagResource UntagResource ListTagsForResource",
  "AWS::Cognito::IdentityPoolPrincipalTag":
    "cognito-identity: GetPrincipalTagAttributeMap SetPrincipalTagAttributeMap",
  "AWS::Cognito::IdentityPoolRoleAttachment":
    "cognito-identity: GetIdentityPoolRoles SetIdentityPoolRoles; iam: PassRole",
  "AWS::Cognito::ManagedLoginBranding":
    "cognito-idp: CreateManagedLoginBranding DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient UpdateManagedLoginBranding DeleteManagedLoginBranding",
  // An SMS role and SES as the sender are parameters of the pool.
  "AWS::Cognito::UserPool":
    "cognito-idp: CreateUserPool DescribeUserPool UpdateUserPool DeleteUserPool SetUserPoolMfaConfig GetUserPoolMfaConfig AddCustomAttributes TagResource UntagResource ListTagsForResource; iam: PassRole CreateServiceLinkedRole",
  "AWS::Cognito::UserPoolClient":
    "cognito-idp: CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient ListUserPoolClientSecrets",
  // A domain of one's own is a CloudFront distribution of Cognito.
  "AWS::Cognito::UserPoolDomain":
    "cognito-idp: CreateUserPoolDomain DescribeUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain; cloudfront: UpdateDistribution",
  "AWS::Cognito::UserPoolGroup": "cognito-idp: CreateGroup GetGroup UpdateGroup DeleteGroup; iam: PassRole",
  // The client secret is a dynamic reference, which CloudFormation resolves with the deployer's permissions.
  "AWS::Cognito::UserPoolIdentityProvider":
    "cognito-idp: CreateIdentityProvider DescribeIdentityProvider UpdateIdentityProvider DeleteIdentityProvider; secretsmanager: GetSecretValue",
  "AWS::Cognito::UserPoolResourceServer":
    "cognito-idp: CreateResourceServer DescribeResourceServer UpdateResourceServer DeleteResourceServer",
  "AWS::Cognito::UserPoolRiskConfigurationAttachment":
    "cognito-idp: SetRiskConfiguration DescribeRiskConfiguration",
  // Without imports, indexes, streams, insights and resource policies, which the table does not have.
  "AWS::DynamoDB::Table":
    "dynamodb: CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups TagResource UntagResource ListTagsOfResource",
  "AWS::IAM::ManagedPolicy":
    "iam: CreatePolicy GetPolicy DeletePolicy CreatePolicyVersion GetPolicyVersion ListPolicyVersions DeletePolicyVersion ListEntitiesForPolicy AttachRolePolicy DetachRolePolicy",
  "AWS::IAM::Policy": "iam: PutRolePolicy GetRolePolicy DeleteRolePolicy",
  "AWS::IAM::Role":
    "iam: CreateRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies TagRole UntagRole",
  "AWS::Lambda::Alias":
    "lambda: CreateAlias GetAlias UpdateAlias DeleteAlias PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig",
  "AWS::Lambda::Function":
    "lambda: CreateFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction PutFunctionConcurrency DeleteFunctionConcurrency GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetRuntimeManagementConfig TagResource UntagResource; iam: PassRole; s3: GetObject",
  "AWS::Lambda::Permission": "lambda: AddPermission RemovePermission GetPolicy",
  "AWS::Lambda::Version":
    "lambda: PublishVersion GetFunctionConfiguration ListVersionsByFunction DeleteFunction PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig GetRuntimeManagementConfig GetFunctionScalingConfig",
  "AWS::Logs::LogGroup":
    "logs: CreateLogGroup DescribeLogGroups DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource GetDataProtectionPolicy DescribeIndexPolicies DescribeResourcePolicies",
  "AWS::Logs::MetricFilter": "logs: PutMetricFilter DescribeMetricFilters DeleteMetricFilter",
  "AWS::S3::Bucket":
    "s3: CreateBucket DeleteBucket ListBucket PutEncryptionConfiguration GetEncryptionConfiguration PutBucketPublicAccessBlock GetBucketPublicAccessBlock PutBucketOwnershipControls GetBucketOwnershipControls PutBucketVersioning GetBucketVersioning PutLifecycleConfiguration GetLifecycleConfiguration PutBucketCORS GetBucketCORS PutBucketTagging GetBucketTagging TagResource UntagResource ListTagsForResource",
  "AWS::S3::BucketPolicy": "s3: PutBucketPolicy GetBucketPolicy DeleteBucketPolicy",
  "AWS::SNS::Subscription": "sns: Subscribe Unsubscribe GetSubscriptionAttributes SetSubscriptionAttributes",
  "AWS::SNS::Topic":
    "sns: CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic Subscribe Unsubscribe ListSubscriptionsByTopic TagResource UntagResource ListTagsForResource",
  "AWS::SNS::TopicPolicy": "sns: SetTopicAttributes",
};

/** @returns IAM actions (`cognito-idp:CreateGroup`); undefined for a type that is not listed */
export function permissionsOf(type: string): readonly string[] | undefined {
  return PERMISSIONS[type]?.split("; ").flatMap((part) => {
    const [service = "", actions = ""] = part.split(": ");
    return actions.split(" ").map((action) => `${service}:${action}`);
  });
}
