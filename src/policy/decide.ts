import { ClaimgateError } from "../errors.ts";
import type { Condition } from "./condition.ts";
import { ownText, parseCondition } from "./condition.ts";
import type { ConditionInput, Decision, DecisionReason, DecisionRequest } from "./decision.ts";
import type { Question } from "./engine.ts";
import { conditionMatches } from "./matching.ts";
import { byText } from "./parse.ts";
import { patternsCovering } from "./permission.ts";
import type { Policy } from "./policy.ts";
import { subjectsHeld } from "./roles.ts";
import type { Effect, PermissionRow } from "./row.ts";
import { describeRow } from "./row-description.ts";
import type { Subject } from "./subject.ts";

/**
 * Decides one request. Synchronous and pure: the same policy and request give the same decision.
 *
 * casbin gives the effect; the determining rows are collected here, since casbin reports one of them only,
 * and which one depends on their order. The two must agree.
 * @throws ClaimgateError `policy_engine_disagrees` when they do not; it never allows
 */
export function decide(policy: Policy, request: DecisionRequest): Decision {
  const subjects = subjectsHeld(policy, request.subjects);
  const common = {
    subjects,
    policyVersion: policy.version,
    permission: undefined,
    determining: [],
    inputs: [],
  };
  const { route } = request;
  const permissions = route === undefined ? undefined : policy.permissionsByRoute.get(route);
  if (permissions === undefined) {
    return { ...common, effect: "deny", reason: "route_unknown", permissions: [] };
  }
  if (permissions.length === 0) {
    return { ...common, effect: "deny", reason: "route_without_permission", permissions };
  }
  const covering = new Set(permissions.flatMap(patternsCovering));
  const candidates = candidateRows(policy, subjects, covering);
  const matching = candidates.filter((row) => conditionMatches(row.effect, row.condition, request));
  const denying = matching.filter((row) => row.effect === "deny");
  const allowing = matching.filter((row) => row.effect === "allow");
  const effect = effectOf(policy, questionOf(subjects, covering, request), candidates);
  const collected = denying.length === 0 && allowing.length > 0 ? "allow" : "deny";
  if (effect !== collected) {
    throw new ClaimgateError(
      "policy_engine_disagrees",
      `casbin answers ${effect} and the collected rows say ${collected} on \`${route}\``,
    );
  }
  const determining = denying.length > 0 ? denying : allowing;
  return {
    ...common,
    effect,
    reason: reasonOf(effect, denying),
    determining: determining.map(describeRow),
    permissions,
    permission: effect === "allow" ? grantedPermission(permissions, allowing) : undefined,
    inputs: inputsOf(candidates, request),
  };
}

/**
 * The rows that can match: every row of a held subject whose permission covers one of the route's.
 * INVARIANT: conditions never narrow. This is where a compiled index will take over.
 */
function candidateRows(
  policy: Policy,
  subjects: readonly Subject[],
  covering: ReadonlySet<string>,
): PermissionRow[] {
  return subjects
    .flatMap((subject) => policy.permissionRows.get(subject) ?? [])
    .filter((row) => covering.has(row.permission))
    .sort(byText);
}

function effectOf(policy: Policy, question: Question, candidates: readonly PermissionRow[]): Effect {
  return policy.engine.allows(question, candidates) ? "allow" : "deny";
}

/** The request as casbin's matcher asks it: from the text of a row alone, not from what was parsed of it. */
function questionOf(
  subjects: readonly Subject[],
  covering: ReadonlySet<string>,
  request: DecisionRequest,
): Question {
  const held = new Set<string>(subjects);
  return {
    matches(subject, permission, effect, conditionText) {
      if (!held.has(subject) || !covering.has(permission)) return false;
      return conditionMatches(effect === "allow" ? "allow" : "deny", conditionOf(conditionText), request);
    },
  };
}

function conditionOf(text: string): Condition | undefined {
  if (text === "") return undefined;
  const parsed = parseCondition(text);
  if ("condition" in parsed) return parsed.condition;
  throw new ClaimgateError(
    "policy_engine_disagrees",
    `casbin holds a condition that does not parse: \`${text}\``,
  );
}

function reasonOf(effect: Effect, denying: readonly PermissionRow[]): DecisionReason {
  if (denying.length > 0) return "denied_by_row";
  return effect === "allow" ? "allowed_by_row" : "nothing_granted";
}

function grantedPermission(
  permissions: readonly string[],
  allowing: readonly PermissionRow[],
): string | undefined {
  const granted = new Set(allowing.map((row) => row.permission));
  return permissions.find((permission) =>
    patternsCovering(permission).some((pattern) => granted.has(pattern)),
  );
}

function inputsOf(candidates: readonly PermissionRow[], request: DecisionRequest): ConditionInput[] {
  const inputs = new Map<string, ConditionInput>();
  for (const { parameter, claim } of candidates.flatMap((row) => row.condition ?? [])) {
    inputs.set(`{${parameter}} ${claim}`, {
      parameter,
      claim,
      parameterValue: ownText(request.parameters, parameter),
      claimValue: ownText(request.claims, claim),
    });
  }
  return [...inputs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}
