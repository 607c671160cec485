import { build } from "esbuild";
import { objectOf } from "../../../../src/json.ts";
import { compilePolicy } from "../../../../src/policy/compile.ts";
import { POLICY_VERSION, policyVersionIn } from "../../../../src/tools/deployment/policy-version.ts";
import { readPolicyDirectory } from "../../../../src/tools/machine/policy-files.ts";
import { entryPointOf, withPolicyVersions } from "../../../../src/tools/packaging/built-policies.ts";
import { builtPolicies, policyPlugin } from "../../../../src/tools/packaging/policy-plugin.ts";

const VERSION = compilePolicy(readPolicyDirectory("policies")).version;

describe("the version of the policy that a function decides by", () => {
  it("is recorded by the build of every entry point that holds the policy, and of no other", async () => {
    for (const entry of ["src/handlers/pre-sign-up.ts", "src/handlers/orders.ts"]) {
      await build({
        entryPoints: [entry],
        bundle: true,
        write: false,
        platform: "node",
        format: "esm",
        conditions: ["claimgate-source"],
        plugins: [policyPlugin("policies")],
        external: ["@aws-sdk/*"],
        logLevel: "silent",
        outdir: "unwritten",
      });
    }
    expect(builtPolicies().get("src/handlers/pre-sign-up")).toBe(VERSION);
    expect(builtPolicies().has("src/handlers/orders")).toBe(false);
  });

  it("is added to the environment of its function", () => {
    const resources = {
      PreSignUpLambdaFunction: {
        Type: "AWS::Lambda::Function",
        Properties: { Environment: { Variables: { A: "b" } } },
      },
      OrdersLambdaFunction: { Type: "AWS::Lambda::Function", Properties: {} },
    };
    const functions = {
      preSignUp: { handler: "src/handlers/pre-sign-up.handler" },
      orders: { handler: "src/handlers/orders.handler" },
    };
    const finished = withPolicyVersions(
      resources,
      functions,
      new Map([["src/handlers/pre-sign-up", VERSION]]),
    );
    const properties = (id: string) => objectOf(objectOf(finished[id])["Properties"]);
    expect(properties("PreSignUpLambdaFunction")).toEqual({
      Environment: { Variables: { A: "b", [POLICY_VERSION]: VERSION } },
    });
    expect(policyVersionIn(properties("PreSignUpLambdaFunction"))).toBe(VERSION);
    expect(finished["OrdersLambdaFunction"]).toEqual(resources.OrdersLambdaFunction);
  });

  it("belongs to an entry point, whether it is named as a file or as a handler", () => {
    expect(entryPointOf("./src/handlers/orders.handler")).toBe(entryPointOf("src/handlers/orders.ts"));
  });
});
