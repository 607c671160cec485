import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import {
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  StringAttribute,
  UserPool,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { ClaimgateBundle } from "./claimgate-bundle.ts";

/** A user pool with claimgate's triggers, and an HTTP API with its authorizer. */
export class NotesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const claimgate = new ClaimgateBundle("build/claimgate");

    const pool = new UserPool(this, "UserPool", {
      selfSignUpEnabled: true,
      // Access tokens are enriched from this plan on.
      featurePlan: FeaturePlan.ESSENTIALS,
      signInCaseSensitive: false,
      signInAliases: { email: true },
      // Each user joins the groups of the g3 rows once.
      customAttributes: { claimgate_assigned: new StringAttribute({ mutable: true }) },
    });
    const triggers = [
      ["preSignUp", UserPoolOperation.PRE_SIGN_UP],
      ["postConfirmation", UserPoolOperation.POST_CONFIRMATION],
      ["preTokenGeneration", UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG],
    ] as const;
    for (const [name, operation] of triggers) {
      const trigger = claimgate.function(this, name);
      // Also lets the pool, and only this pool, invoke the function.
      if (operation === UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG) {
        pool.addTrigger(operation, trigger, LambdaVersion.V3_0);
      } else pool.addTrigger(operation, trigger);
      claimgate.grant(this, name, trigger, pool);
    }
    for (const { name, description, precedence } of claimgate.manifest.groups) {
      const group = new CfnUserPoolGroup(this, `Group-${name}`, {
        userPoolId: pool.userPoolId,
        groupName: name,
        ...(description !== null && { description }),
        ...(precedence !== null && { precedence }),
      });
      // A group that leaves the policy stays in the pool with its members.
      group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
    const web = pool.addClient("Web", {
      disableOAuth: true,
      authFlows: { userPassword: true },
      // Not the attribute above: a user who could write it would get the groups of new users again.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });

    const authorizer = claimgate.function(this, "httpAuthorizer", {
      CLAIMGATE_USER_POOL_ID: pool.userPoolId,
      CLAIMGATE_APP_CLIENTS: this.toJsonString({ web: web.userPoolClientId }),
    });
    const notes = new LambdaFunction(this, "notes", {
      code: Code.fromAsset("src"),
      handler: "notes.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      logGroup: new LogGroup(this, "notesLogs", { retention: RetentionDays.THREE_MONTHS }),
    });
    const api = new HttpApi(this, "Api", {
      // Every route without an authorizer of its own.
      defaultAuthorizer: new HttpLambdaAuthorizer("Claimgate", authorizer, {
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        identitySource: ["$request.header.Authorization"],
        resultsCacheTtl: Duration.seconds(0),
      }),
    });
    const integration = new HttpLambdaIntegration("Notes", notes);
    api.addRoutes({ path: "/notes", methods: [HttpMethod.GET], integration });
    api.addRoutes({ path: "/notes/{noteId}", methods: [HttpMethod.DELETE], integration });

    new CfnOutput(this, "Url", { value: api.apiEndpoint });
    new CfnOutput(this, "UserPoolId", { value: pool.userPoolId });
    new CfnOutput(this, "AppClientId", { value: web.userPoolClientId });
  }
}
