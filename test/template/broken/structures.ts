import type { BrokenTemplate } from "../broken-templates.ts";
import { add, set } from "../editing.ts";

const pool = { Ref: "UserPool" };
const variables = "Properties.Environment.Variables";

/** The template as a whole. */
export const BROKEN_STRUCTURES: readonly BrokenTemplate[] = [
  {
    what: "a trigger that needs the pool that needs the trigger",
    breakIt: (t) => set(t, "PreSignUpLambdaFunction", `${variables}.POOL`, pool),
    checks: ["dependency-cycle"],
    rules: ["E3004"],
  },
  {
    what: "a circle by Fn::Sub, through a role",
    breakIt: (t) => set(t, "PreSignUpRole", "Properties.Description", { "Fn::Sub": "of ${UserPool}" }),
    checks: ["dependency-cycle"],
    rules: ["E3004"],
  },
  {
    what: "a Ref to nothing",
    breakIt: (t) => set(t, "OrdersLambdaFunction", `${variables}.POOL`, { Ref: "UserPol" }),
    checks: [],
    rules: ["E1020"],
  },
  {
    what: "a Fn::Sub of nothing",
    breakIt: (t) => set(t, "OrdersLambdaFunction", `${variables}.POOL`, { "Fn::Sub": "${Nothing.Arn}" }),
    checks: [],
    rules: ["E1019"],
  },
  {
    what: "an environment that Lambda does not take",
    breakIt: (t) => set(t, "OrdersLambdaFunction", `${variables}.LARGE`, "x".repeat(4_096)),
    checks: ["environment-size"],
    rules: ["E3697"],
  },
  {
    what: "an environment that Lambda does not take, with a value that only the deployment knows",
    breakIt: (t) =>
      set(t, "OrdersLambdaFunction", `${variables}.LARGE`, { "Fn::Join": ["", ["x".repeat(4_096), pool]] }),
    checks: ["environment-size"],
    rules: [],
  },
  {
    what: "a DependsOn of nothing",
    breakIt: (t) => set(t, "UserPoolDomain", "DependsOn", "Nothing"),
    checks: [],
    rules: ["E3005"],
  },
  {
    what: "an attribute that a resource does not have",
    breakIt: (t) =>
      set(t, "OrdersLambdaFunction", `${variables}.LOGS`, { "Fn::GetAtt": ["OrdersLogGroup", "Nothing"] }),
    checks: [],
    rules: ["E1010"],
  },
  {
    what: "an unknown property",
    breakIt: (t) => set(t, "UserPool", "Properties.LambdaConfig.PreSignUpp", "x"),
    checks: [],
    rules: ["E3002"],
  },
  {
    what: "a resource that AWS decides about",
    breakIt: (t) => {
      t.Conditions = { IsEast: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] } };
      set(t, "WebClient", "Condition", "IsEast");
    },
    checks: ["unsettled-condition"],
    // Whatever refers to the client may refer to nothing.
    rules: ["W1001"],
    whole: true,
  },
  {
    what: "more groups than a template has room for",
    breakIt: (t) => {
      for (let index = 0; index < 500; index += 1) {
        const properties = { UserPoolId: pool, GroupName: `g${index}` };
        add(t, `ManyGroup${index}`, "AWS::Cognito::UserPoolGroup", properties, {
          DeletionPolicy: "Retain",
          UpdateReplacePolicy: "Retain",
        });
      }
    },
    checks: ["quota-exceeded"],
    rules: ["E3010"],
  },
  {
    what: "more outputs than a template has room for",
    breakIt: (t) => {
      for (let index = 0; index < 200; index += 1) t.Outputs[`Many${index}`] = { Value: "x" };
    },
    checks: ["quota-exceeded"],
    rules: ["E6010"],
    whole: true,
  },
];
