import { ClaimgateError } from "../errors.ts";
import { ownText } from "../own-property.ts";
import { type AppCover, appCover } from "./app.ts";
import { routeEntry } from "./assemble.ts";
import { operandOf } from "./condition.ts";
import type {
  ConditionInput,
  Decision,
  DecisionReason,
  DecisionRequest,
  DeterminingRow,
  PermissionRequest,
} from "./decision.ts";
import { createEngine, type Engine, type Question } from "./engine.ts";
import { heldRows } from "./granted.ts";
import { conditionMatches } from "./matching.ts";
import { covers } from "./permission.ts";
import type { DecisionRow, Policy, RouteEntry } from "./policy.ts";
import { remembered } from "./remembered-decisions.ts";
import { type Held, heldOn } from "./roles.ts";
import type { Effect } from "./row.ts";
import { describeRow } from "./row-description.ts";
import type { Subject } from "./subject.ts";
import { numbersOf, SortedSubjects, sortedHoldings, subjectOrder } from "./subject-order.ts";

/**
 * Decides one request. Synchronous and pure: the same policy and request give the same decision.
 *
 * The index gives casbin the few rows that can match, and casbin gives the effect. This function collects the
 * determining rows, since casbin reports only one of them, which depends on their order. Both must agree.
 * @throws ClaimgateError `policy_engine_disagrees` when they do not; it never allows
 *
 * @example
 * import { decide } from "claimgate/policy";
 *
 * const { effect, determining } = decide(policy, {
 *   subjects: ["role:authenticated", "group:staff"],
 *   route: "GET /orders/{orderId}",
 *   parameters: { orderId: "17" },
 *   claims: {},
 * });
 * console.log(effect, determining.map(({ file, line }) => `${file}:${line}`));
 */
export function decide(policy: Policy, request: DecisionRequest): Decision {
  const entry = request.route === undefined ? undefined : policy.routeEntries.get(request.route);
  if (entry === undefined) return closed(policy, request, "route_unknown");
  if (entry.permissions.length === 0) return closed(policy, request, "route_without_permission");
  const numbers = numbersOf(subjectOrder(policy), request.subjects);
  return remembered(policy, entry, request, numbers, () => decideOn(policy, entry, request, numbers));
}

/**
 * Decides whether the subjects hold one permission, regardless of the route: for backends that check again. Otherwise
 * like {@link decide}. Only wildcards grant a permission that no row names.
 * @throws ClaimgateError `policy_engine_disagrees`
 *
 * @example
 * import { decidePermission } from "claimgate/policy";
 *
 * const { effect } = decidePermission(policy, {
 *   subjects: ["role:authenticated", "group:staff"],
 *   permission: "orders:refund",
 *   parameters: {},
 *   claims: {},
 * });
 * console.log(effect);
 */
export function decidePermission(policy: Policy, request: PermissionRequest): Decision {
  const entry = permissionEntry(policy, request.permission);
  const numbers = numbersOf(subjectOrder(policy), request.subjects);
  return remembered(policy, entry, request, numbers, () => decideOn(policy, entry, request, numbers));
}

/** How many permissions are kept for a policy: more than a backend names, and never without a bound. */
const MOST_PERMISSIONS = 1000;
const permissionEntries = new WeakMap<Policy, Map<string, RouteEntry>>();

/** The rows of one permission, collected once: a backend asks for the same few on every request. */
function permissionEntry(policy: Policy, permission: string): RouteEntry {
  const entries = permissionEntries.get(policy) ?? new Map<string, RouteEntry>();
  const kept = entries.get(permission);
  if (kept !== undefined) return kept;
  if (entries.size >= MOST_PERMISSIONS) entries.clear();
  const entry = routeEntry([permission], policy.rowsByPattern);
  permissionEntries.set(policy, entries.set(permission, entry));
  return entry;
}

function decideOn(
  policy: Policy,
  entry: RouteEntry,
  request: OpenRequest,
  numbers: readonly number[],
): Decision {
  const always = new SortedSubjects(sortedHoldings(policy, request.subjects, numbers));
  const held = heldOn(policy, request.subjects, request.parameters, always);
  // INVARIANT: these are all rows that can match; conditions never narrow.
  const candidates = candidatesOf(entry, held);
  const cover = appCover(policy, entry, held.certain, request.app);
  const opening = cover?.covering ?? entry.covering;
  const denying: DecisionRow[] = [];
  const granting: DecisionRow[] = [];
  for (const row of candidates) {
    if (conditionMatches(row.effect, row.condition, request))
      (row.effect === "deny" ? denying : granting).push(row);
  }
  const allowing = cover === undefined ? granting : granting.filter((row) => opening.has(row.permission));
  const effect = askCasbin(policy, questionOf(policy, held, entry, opening, request), candidates);
  const collected = denying.length === 0 && allowing.length > 0 ? "allow" : "deny";
  if (effect !== collected) {
    throw new ClaimgateError(
      "policy_engine_disagrees",
      `casbin answers ${effect} but the collected rows give ${collected} for \`${entry.permissions.join(" ")}\``,
    );
  }
  return {
    effect,
    reason: reasonOf(effect, denying, granting),
    determining: [
      ...(denying.length > 0 ? denying : allowing).map((row) => describeRow("p", row)),
      ...(effect === "allow" && cover !== undefined ? usedAppRows(cover, allowing) : []),
    ],
    permissions: entry.permissions,
    permission:
      effect === "allow" ? grantedPermission(cover?.permissions ?? entry.permissions, allowing) : undefined,
    subjects: sortedSubjects(held),
    inputs: inputsOf(candidates, request),
    tenants: held.tenants,
    policyVersion: policy.version,
    app: request.app,
  };
}

/**
 * Builds casbin's enforcer before the first decision needs it.
 *
 * @example
 * import { warmUp } from "claimgate/policy";
 *
 * // While the function starts, not while the first request waits.
 * warmUp(policy);
 */
export function warmUp(policy: Policy): void {
  engineOf(policy);
}

/** The part of a request that conditions read. */
type ConditionRequest = Pick<DecisionRequest, "parameters" | "claims" | "authTime" | "time">;

/** What is known of a request besides subjects and route. */
type OpenRequest = ConditionRequest & Pick<DecisionRequest, "subjects" | "app">;

const engines = new WeakMap<Policy, Engine>();

function engineOf(policy: Policy): Engine {
  let engine = engines.get(policy);
  if (engine === undefined) {
    engine = createEngine(policy.model);
    engines.set(policy, engine);
  }
  return engine;
}

function closed(policy: Policy, request: OpenRequest, reason: DecisionReason): Decision {
  const { certain } = heldOn(policy, request.subjects, request.parameters);
  return {
    effect: "deny",
    reason,
    determining: [],
    permissions: [],
    permission: undefined,
    subjects: [...certain].sort(),
    inputs: [],
    tenants: [],
    policyVersion: policy.version,
    app: request.app,
  };
}

/** Holdings are sorted; roles of a tenant come last. */
function sortedSubjects({ certain }: Held): readonly Subject[] {
  return certain instanceof SortedSubjects ? certain.list : [...certain].sort();
}

function candidatesOf(entry: RouteEntry, { certain, unknown }: Held): DecisionRow[] {
  const rows = heldRows(entry, certain);
  if (unknown.size > 0) rows.push(...heldRows(entry, unknown).filter((row) => row.effect === "deny"));
  return rows.length > 1 ? rows.sort((a, b) => a.ordinal - b.ordinal) : rows;
}

/** With no candidate the answer is deny, and casbin is not asked: see {@link Engine.allows}. */
function askCasbin(policy: Policy, question: Question, candidates: readonly DecisionRow[]): Effect {
  return engineOf(policy).allows(question, candidates) ? "allow" : "deny";
}

/** The request as casbin's matcher calls it: with the columns of a row, from any source. */
function questionOf(
  policy: Policy,
  { certain, unknown }: Held,
  { covering }: RouteEntry,
  opening: ReadonlySet<string>,
  request: ConditionRequest,
): Question {
  return {
    matches(subject, permission, effect, text) {
      // An app limits what allow rows open, never what deny rows close.
      const patterns = effect === "allow" ? opening : covering;
      if (!patterns.has(permission)) return false;
      if (!certain.has(subject as Subject) && (effect === "allow" || !unknown.has(subject as Subject)))
        return false;
      if (text === "") return true;
      const condition = policy.conditions.get(text);
      if (condition === undefined) {
        throw new ClaimgateError("policy_engine_disagrees", `casbin has the unknown condition \`${text}\``);
      }
      return conditionMatches(effect === "allow" ? "allow" : "deny", condition, request);
    },
  };
}

function reasonOf(
  effect: Effect,
  denying: readonly DecisionRow[],
  granting: readonly DecisionRow[],
): DecisionReason {
  if (denying.length > 0) return "denied_by_row";
  if (effect === "allow") return "allowed_by_row";
  return granting.length > 0 ? "app_not_allowed" : "nothing_granted";
}

/** The `p3` rows that cover a permission which one of the allow rows grants. */
function usedAppRows({ permissions, rows }: AppCover, allowing: readonly DecisionRow[]): DeterminingRow[] {
  const granted = permissions.filter((one) => allowing.some((row) => covers(row.permission, one)));
  return rows
    .filter((row) => granted.some((one) => covers(row.permission, one)))
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((row) => describeRow("p3", row));
}

function grantedPermission(
  permissions: readonly string[],
  allowing: readonly DecisionRow[],
): string | undefined {
  return permissions.find((permission) => allowing.some((row) => covers(row.permission, permission)));
}

function inputsOf(candidates: readonly DecisionRow[], request: ConditionRequest): ConditionInput[] {
  if (candidates.every(({ condition }) => condition === undefined)) return [];
  const inputs = new Map<string, ConditionInput>();
  for (const { condition } of candidates) {
    for (const atom of condition ?? []) {
      if (atom.maxAge !== undefined) {
        inputs.set("max_age", ageInput(request));
        continue;
      }
      const { parameter, claim, literal } = atom;
      inputs.set(`{${parameter}} ${operandOf(atom)}`, {
        parameter,
        claim,
        literal,
        parameterValue: ownText(request.parameters, parameter),
        claimValue: claim === undefined ? undefined : ownText(request.claims, claim),
      });
    }
  }
  return [...inputs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

function ageInput({ authTime, time }: ConditionRequest): ConditionInput {
  const claimValue = authTime === undefined ? undefined : String(authTime);
  return { parameter: undefined, claim: "auth_time", parameterValue: undefined, claimValue, time };
}
