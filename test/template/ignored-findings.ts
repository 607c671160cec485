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
];

export function isIgnored(finding: LintFinding): boolean {
  return IGNORED_FINDINGS.some((ignored) => covers(ignored, finding));
}

export function covers({ rule, path }: IgnoredFinding, finding: LintFinding): boolean {
  return rule.startsWith("W") && rule === finding.rule && path.test(finding.path);
}
