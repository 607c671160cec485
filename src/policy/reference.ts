// The judge of `decide`: docs/policies.md once more, naive and slow, sharing no code with the rest.
import type { Effect } from "./row.ts";

/** A row as in the file: its type, then its fields. */
export type ReferenceRow = readonly string[];

export interface ReferenceRequest {
  readonly subjects: readonly string[];
  readonly route: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly authTime?: number | undefined;
  readonly time?: number | undefined;
  readonly app?: { readonly client: string; readonly scopes: readonly string[] } | undefined;
}

export interface ReferenceDecision {
  readonly effect: Effect;
  /** The rows that decided, each joined by `, ` and unquoted; sorted. */
  readonly determining: readonly string[];
}

/** Decides a request over the rows of a policy that loads. */
export function referenceDecide(rows: readonly ReferenceRow[], request: ReferenceRequest): ReferenceDecision {
  const truths = rows.map(([type, member]) => (type === "g" ? memberTruth(member, request) : "false"));
  const held = closure(rows, request.subjects, (index) => truths[index] === "true");
  const perhaps = closure(rows, request.subjects, (index) => truths[index] !== "false");
  const opened = rows.filter(([type, route]) => type === "g2" && route === request.route);
  const permissions = opened.map(([, , permission = ""]) => permission).filter((one) => one !== "public");
  const apps = rows.filter(([type]) => type === "p3");
  const own = apps.filter(([, client, , scope]) => {
    const { app } = request;
    if (app === undefined || client !== `client:${app.client}`) return false;
    return scope === undefined || app.scopes.includes(scope);
  });
  const isFree = apps.length === 0 || request.subjects.includes("role:machine");
  const covered = permissions.filter((one) => isFree || own.some(([, , pattern]) => covers(pattern, one)));
  const matching = rows.filter(([type, subject = "", pattern, effect, condition]) => {
    if (type !== "p" || !(effect === "deny" ? perhaps : held).includes(subject)) return false;
    if (!(effect === "deny" ? permissions : covered).some((one) => covers(pattern, one))) return false;
    const truth = truthOf(condition, request);
    return truth === "true" || (truth === "unknown" && effect === "deny");
  });
  const denying = matching.filter(([, , , effect]) => effect === "deny");
  const effect = matching.length > 0 && denying.length === 0 ? "allow" : "deny";
  const granted = covered.filter((one) => matching.some(([, , pattern]) => covers(pattern, one)));
  const byApp = own.filter(([, , pattern]) => !isFree && granted.some((one) => covers(pattern, one)));
  const determining = denying.length > 0 ? denying : [...matching, ...(effect === "allow" ? byApp : [])];
  return { effect, determining: determining.map((row) => row.join(", ")).sort() };
}

function covers(pattern: string | undefined, permission: string): boolean {
  const [resource, action] = permission.split(":");
  return [permission, `${resource}:*`, `*:${action}`, "*"].some((one) => one === pattern);
}

/** The subjects and the roles after them; `isGiven` says which rows with a placeholder give their role. */
function closure(
  rows: readonly ReferenceRow[],
  subjects: readonly string[],
  isGiven: (index: number) => boolean,
): readonly string[] {
  const held = [...subjects];
  for (const [index, [type, , role = ""]] of rows.entries())
    if (type === "g" && isGiven(index)) held.push(role);
  for (const subject of held) {
    for (const [type, member, role = ""] of rows) {
      if (type === "g" && member === subject && !/[{}]/.test(subject) && !held.includes(role))
        held.push(role);
    }
  }
  return held;
}

/** Whether a token's groups have the group of the request's tenant; false for a member without a placeholder. */
function memberTruth(member: string | undefined, request: ReferenceRequest): "true" | "false" | "unknown" {
  const [, before = "", parameter, after = ""] = /^(group:[^{]*)\{([^}]+)\}(.*)$/.exec(member ?? "") ?? [];
  if (parameter === undefined) return "false";
  const value = Object.hasOwn(request.parameters, parameter) ? request.parameters[parameter] : undefined;
  const isName = (text: unknown) => typeof text === "string" && /^[A-Za-z0-9_-]+$/.test(text);
  const tenants = request.subjects
    .filter((one) => one.startsWith(before) && one.slice(before.length).endsWith(after))
    .map((one) => one.slice(before.length, one.length - after.length))
    .filter(isName);
  if (!isName(value)) return tenants.length > 0 ? "unknown" : "false";
  return tenants.some((tenant) => tenant === value) ? "true" : "false";
}

/** The groups that the `g4` rows give for the values of a provider, without `group:`; sorted. */
export function referenceDirectoryGroups(
  rows: readonly ReferenceRow[],
  provider: string,
  values: readonly string[],
): readonly string[] {
  const given = values.flatMap((value) =>
    rows.filter(([type, source]) => type === "g4" && source === `${provider}/${value}`),
  );
  return [...new Set(given.map(([, , group = ""]) => group.replace(/^group:/, "")))].sort();
}

function truthOf(condition: string | undefined, request: ReferenceRequest): "true" | "false" | "unknown" {
  const truths = (condition?.split("&") ?? []).map((atom) => {
    if (atom.startsWith("max_age")) {
      const [relation = "", seconds] = atom.split("max_age")[1]?.split(/(?<==)/) ?? [];
      if (request.authTime === undefined || request.time === undefined) return "unknown";
      if (request.authTime > request.time + 60) return "unknown";
      const isRecent = request.time <= request.authTime + Number(seconds);
      return isRecent === (relation === "=") ? "true" : "false";
    }
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
