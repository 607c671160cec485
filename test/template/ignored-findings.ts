import type { LintFinding } from "./cfn-lint.ts";

/** A warning of cfn-lint that stays, and why. An error never does. */
export interface IgnoredFinding {
  /** `W3005` */
  readonly rule: string;
  /** What its path looks like. */
  readonly path: RegExp;
  readonly reason: string;
}

/** One that no stage has any more fails the suite. */
export const IGNORED_FINDINGS: readonly IgnoredFinding[] = [
  {
    rule: "W3005",
    path: /^Resources\.\w+LambdaFunction\.DependsOn/,
    reason:
      "the framework names a function's own role in DependsOn beside the GetAtt; said twice does no harm",
  },
  {
    rule: "W3005",
    path: /^Resources\.(HttpApiRoute|ApiGatewayMethod)\w+\.DependsOn/,
    reason:
      "the framework names integration and authorizer in DependsOn beside the Ref; said twice does no harm",
  },
  {
    rule: "W3005",
    path: /^Resources\.\w+ProvConcLambdaAlias\.DependsOn/,
    reason:
      "the framework names the function of an alias in DependsOn beside the Ref; said twice does no harm",
  },
  {
    rule: "W3005",
    path: /^Resources\.ApiGatewayDeployment\w+\.DependsOn/,
    reason:
      "a deployment names everything that it takes a snapshot of; that its API is among it is no reason to skip it",
  },
];

export function isIgnored(finding: LintFinding): boolean {
  return IGNORED_FINDINGS.some((ignored) => covers(ignored, finding));
}

export function covers({ rule, path }: IgnoredFinding, finding: LintFinding): boolean {
  return rule.startsWith("W") && rule === finding.rule && path.test(finding.path);
}
