import { ownText } from "../own-property.ts";
import { type AppCover, appCover } from "./app.ts";
import { type Condition, evaluateCondition, type ParameterAtom } from "./condition.ts";
import type { DecisionRequest } from "./decision.ts";
import { heldRows } from "./granted.ts";
import type { DecisionRow, Policy } from "./policy.ts";
import { heldOn } from "./roles.ts";

/** A request whose parameters are not known yet. */
export type OpenRequest = Omit<DecisionRequest, "parameters">;

/**
 * Whether `decide` may allow the request with some parameters. Never false if it does. It may be true if it never does,
 * since each row is looked at on its own: a row that needs `{a}` to have two values, or the value that another row
 * denies.
 */
export function mayAllow(policy: Policy, request: OpenRequest): boolean {
  const entry = request.route === undefined ? undefined : policy.routeEntries.get(request.route);
  if (entry === undefined) return false;
  // Some value names the tenant of each group, and some other value names none of them.
  const { certain, unknown } = heldOn(policy, request.subjects, {});
  const denies = ({ effect, condition }: DecisionRow) =>
    effect === "deny" && !canBe("false", condition ?? [], request);
  if (heldRows(entry, certain).some(denies)) return false;
  const cover = appCover(policy, entry, certain, request.app);
  return heldRows(entry, new Set([...certain, ...unknown])).some(
    ({ effect, permission, condition }) =>
      effect === "allow" && isCovered(permission, cover) && canBe("true", condition ?? [], request),
  );
}

function isCovered(permission: string, cover: AppCover | undefined): boolean {
  return cover === undefined || cover.covering.has(permission);
}

/** A conjunction is true if each comparison is, and false if one is. */
function canBe(truth: "true" | "false", condition: Condition, request: OpenRequest): boolean {
  const can = (atom: Condition[number]) =>
    atom.maxAge === undefined
      ? hasOperand(atom, request)
      : evaluateCondition([atom], { ...request, parameters: {} }) === truth;
  return truth === "true" ? condition.every(can) : condition.some(can);
}

/** With an operand, some value is equal to it and another is not; without one, the comparison is unknown. */
function hasOperand({ claim, literal }: ParameterAtom, { claims }: OpenRequest): boolean {
  return literal !== undefined || (claim !== undefined && ownText(claims, claim) !== undefined);
}
