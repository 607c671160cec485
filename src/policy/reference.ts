// The judge of `decide`: docs/policies.md once more, naive and slow, sharing no code with the rest.
import type { Effect } from "./row.ts";

/** A row as in the file: its type, then its fields. */
export type ReferenceRow = readonly string[];

export interface ReferenceRequest {
  readonly subjects: readonly string[];
  readonly route: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface ReferenceDecision {
  readonly effect: Effect;
  /** The rows that decided, each joined by `, ` and unquoted; sorted. */
  readonly determining: readonly string[];
}

/** Decides a request over the rows of a policy that loads. */
export function referenceDecide(rows: readonly ReferenceRow[], request: ReferenceRequest): ReferenceDecision {
  const held = [...request.subjects];
  for (const subject of held) {
    for (const [type, member, role = ""] of rows) {
      if (type === "g" && member === subject && !held.includes(role)) held.push(role);
    }
  }
  const covering: string[] = [];
  for (const [type, route, permission = ""] of rows) {
    if (type !== "g2" || route !== request.route || permission === "public") continue;
    const [resource, action] = permission.split(":");
    covering.push(permission, `${resource}:*`, `*:${action}`, "*");
  }
  const matching = rows.filter(([type, subject = "", permission = "", effect, condition]) => {
    if (type !== "p" || !held.includes(subject) || !covering.includes(permission)) return false;
    const truth = truthOf(condition, request);
    return truth === "true" || (truth === "unknown" && effect === "deny");
  });
  const denying = matching.filter(([, , , effect]) => effect === "deny");
  const determining = denying.length > 0 ? denying : matching;
  const effect = matching.length > 0 && denying.length === 0 ? "allow" : "deny";
  return { effect, determining: determining.map((row) => row.join(", ")).sort() };
}

function truthOf(condition: string | undefined, request: ReferenceRequest): "true" | "false" | "unknown" {
  const truths = (condition?.split("&") ?? []).map((atom) => {
    const [, parameter = "", operator, claim = ""] = /^\{(.+)\}(=|!=)(.+)$/.exec(atom) ?? [];
    const left = Object.hasOwn(request.parameters, parameter) ? request.parameters[parameter] : undefined;
    const claimed = Object.hasOwn(request.claims, claim) ? request.claims[claim] : undefined;
    const right = claim.startsWith("'") ? claim.slice(1, -1) : claimed;
    if (typeof left !== "string" || typeof right !== "string") return "unknown";
    return (left === right) === (operator === "=") ? "true" : "false";
  });
  if (truths.includes("false")) return "false";
  return truths.includes("unknown") ? "unknown" : "true";
}
