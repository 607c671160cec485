// claimgate/policy: load a policy from CSV text and decide by it. docs/library.md
export { type App, appOf } from "../policy/app.ts";
export { assemblePolicy } from "../policy/assemble.ts";
export { type CedarRequest, type CedarRequestShape, cedarRequest } from "../policy/cedar-request.ts";
export {
  type CompiledPolicy,
  type CompiledPolicyFile,
  type CompiledRow,
  compilePolicy,
  type PolicyFile,
  type PolicySources,
} from "../policy/compile.ts";
export { decide, decidePermission, warmUp } from "../policy/decide.ts";
export type {
  ConditionInput,
  Decision,
  DecisionReason,
  DecisionRequest,
  DeterminingRow,
  PermissionRequest,
} from "../policy/decision.ts";
export { type Explanation, explain } from "../policy/explain.ts";
export { type Finding, PolicyError, printFinding } from "../policy/finding.ts";
export { unconditionalPermissions } from "../policy/granted.ts";
export { loadPolicy } from "../policy/load.ts";
export type {
  ClientName,
  GroupName,
  PermissionName,
  RoleName,
  RouteName,
  ToolName,
} from "../policy/names.ts";
export type { Policy } from "../policy/policy.ts";
export { type MatchedRoute, type ResolvedRoute, resolveRoute } from "../policy/route-table.ts";
export { isSubject, machineSubjects, type Subject, userSubjects } from "../policy/subject.ts";
export { verifyCompiled } from "../policy/verify-compiled.ts";
