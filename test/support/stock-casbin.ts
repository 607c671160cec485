import { type Adapter, DefaultRoleManager, type Model, newEnforcer, newModelFromString } from "casbin";
import type { DecisionCase, GeneratedRequest } from "./generate-policy.ts";

/**
 * A second model, as one would write it with nothing but casbin: real `g` and `g2` over all rows.
 *
 * casbin asks about one subject. A request holds several, so each request is a user of its own in casbin's
 * sense, with a `g` link to every subject it holds: deny-override then works across all of them in one
 * `enforce`, which several calls joined by OR would not give. The user is called `request:N`, a prefix that
 * no subject has. A permission's wildcards are links too: `orders:read` leads to `orders:*` and `*:read`,
 * these to `*`.
 *
 * What an app may do is a second model. A request asks it about each permission of its route, and gets a route of its
 * own, `opens:N`, with links to the covered ones alone: allow rows start there, deny rows at the route itself. Two
 * answers joined by AND, one about the user and one about the app, would allow what a user may by one permission of a
 * route and the app by another.
 *
 * A group of each tenant is a name too, `each-tenant:N`. A request is linked to it if it has that group of the tenant
 * that its parameter names. A second user of the request, `maybe:N`, is also linked to it if nobody can say; deny rows
 * ask about that one.
 */
const MODEL = `
[request_definition]
r = sub, maybe, route, opens, parameters, claims, times
[policy_definition]
p = sub, permission, eft, condition
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = ((p.eft == "deny" && g2(r.route, p.permission) && g(r.maybe, p.sub)) || (p.eft == "allow" && g2(r.opens, p.permission) && g(r.sub, p.sub))) && holds(p.condition, p.eft, r.parameters, r.claims, r.times)
`;

const APP_MODEL = `
[request_definition]
r = client, scopes, permission
[policy_definition]
p = client, permission, scope
[role_definition]
g = _, _
g2 = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.client == p.client && g2(r.permission, p.permission) && g(r.scopes, p.scope)
`;

/** What stock casbin answers to each request of the case, in their order. */
export async function stockDecisions({ rows, requests }: DecisionCase): Promise<("allow" | "deny")[]> {
  const grants = rowsOf(rows, "p").map((fields) => (fields.length === 3 ? [...fields, ""] : [...fields]));
  // On no row at all casbin evaluates its matcher on empty strings.
  if (grants.length === 0) return requests.map(() => "deny");
  const roles = rowsOf(rows, "g");
  const patterns = [...new Set(roles.map(([member = ""]) => member).filter(isPattern))];
  const nameOf = (member: string) => (isPattern(member) ? `each-tenant:${patterns.indexOf(member)}` : member);
  const members = [
    ...roles.map(([member = "", ...rest]) => [nameOf(member), ...rest]),
    ...requests.flatMap((request, index) => [
      ...request.subjects
        .filter((subject) => !isPattern(subject))
        .flatMap((subject) => [
          [`request:${index}`, subject],
          [`maybe:${index}`, subject],
        ]),
      ...patterns.flatMap((pattern) => {
        const instance = instanceOf(pattern, request.parameters);
        const given = request.subjects.some((subject) =>
          instance === undefined ? isSomeInstance(pattern, subject) : subject === instance,
        );
        const users = instance === undefined ? ["maybe"] : ["maybe", "request"];
        return given ? users.map((user) => [`${user}:${index}`, nameOf(pattern)]) : [];
      }),
    ]),
  ];
  const opened = await openedPermissions({ rows, requests });
  const routes = [
    ...rowsOf(rows, "g2"),
    ...wildcardLinks(rows),
    ...opened.flatMap((permissions, index) => permissions.map((one) => [`opens:${index}`, one])),
  ];
  const enforcer = await newEnforcer(
    newModelFromString(MODEL),
    adapterOf({ p: grants, g: members, g2: routes }),
  );
  await enforcer.addFunction("holds", holds);
  // The default of ten would cut long chains off; a needlessly high one would walk circles for ever.
  enforcer.setRoleManager(new DefaultRoleManager(longestWay(members)));
  await enforcer.buildRoleLinks();
  return requests.map(({ route, parameters, claims, authTime, time }, index) => {
    const [user, perhaps] = [`request:${index}`, `maybe:${index}`];
    const [asked, opens] = [route ?? "none", `opens:${index}`];
    const times = { authTime, time };
    const answer: unknown = enforcer.enforceSync(user, perhaps, asked, opens, parameters, claims, times);
    return answer === true ? "allow" : "deny";
  });
}

/** The permissions of each request's route that its app may use. */
async function openedPermissions({ rows, requests }: DecisionCase): Promise<string[][]> {
  const permissions = requests.map(({ route }) =>
    rowsOf(rows, "g2").flatMap(([name, one = ""]) => (name === route && one !== "public" ? [one] : [])),
  );
  const apps = rowsOf(rows, "p3").map(([client = "", pattern = "", scope = "none"]) => [
    ...[client, pattern, scope === "none" ? scope : `scope:${scope}`],
  ]);
  if (apps.length === 0) return permissions;
  const scopes = requests.flatMap(({ app }, index) =>
    ["none", ...(app?.scopes ?? []).map((scope) => `scope:${scope}`)].map((one) => [`scopes:${index}`, one]),
  );
  const enforcer = await newEnforcer(
    newModelFromString(APP_MODEL),
    adapterOf({ p: apps, g: scopes, g2: wildcardLinks(rows) }),
  );
  return permissions.map((all, index) => {
    const request = requests[index];
    if (request?.subjects.includes("role:machine") === true) return all;
    const app = request?.app;
    if (app === undefined) return [];
    return all.filter((one) => {
      const answer: unknown = enforcer.enforceSync(`client:${app.client}`, `scopes:${index}`, one);
      return answer === true;
    });
  });
}

/** The group of each tenant as a row spells it; a token's group with braces is nobody. */
const isPattern = (subject: string) => subject.startsWith("group:") && /[{}]/.test(subject);

const NAME = /^[\w-]+$/;

/** The group of the tenant that the parameters name; undefined if they name none. */
function instanceOf(pattern: string, parameters: GeneratedRequest["parameters"]): string | undefined {
  const [before = "", parameter = "", after = ""] = pattern.split(/[{}]/);
  const value = Object.getOwnPropertyDescriptor(parameters, parameter)?.value as unknown;
  return typeof value === "string" && NAME.test(value) ? `${before}${value}${after}` : undefined;
}

function isSomeInstance(pattern: string, subject: string): boolean {
  const quoted = pattern.split(/\{.*\}/).map((part) => part.replaceAll(/[^\w]/g, "\\$&"));
  return new RegExp(`^${quoted.join("([\\w-]+)")}$`).test(subject);
}

function rowsOf(rows: DecisionCase["rows"], type: string): string[][] {
  return rows.filter(([first]) => first === type).map(([, ...fields]) => fields);
}

function wildcardLinks(rows: DecisionCase["rows"]): string[][] {
  return rowsOf(rows, "g2").flatMap(([, permission = ""]) => {
    const [resource, action] = permission.split(":");
    if (action === undefined) return [];
    return [
      [permission, `${resource}:*`],
      [`${resource}:*`, "*"],
      [permission, `*:${action}`],
      [`*:${action}`, "*"],
    ];
  });
}

/** An adapter that only loads; row and file reading are the matter of policy-csv.test.ts. */
function adapterOf(rows: {
  readonly p: string[][];
  readonly g: string[][];
  readonly g2: string[][];
}): Adapter {
  const refused = () => Promise.reject(new Error("this adapter only loads"));
  return {
    loadPolicy(model: Model) {
      for (const [type, list] of Object.entries(rows)) {
        const assertion = model.model.get(type.charAt(0))?.get(type);
        if (assertion !== undefined) assertion.policy = list;
      }
      return Promise.resolve();
    },
    savePolicy: refused,
    addPolicy: refused,
    removePolicy: refused,
    removeFilteredPolicy: refused,
  };
}

/** The most links that the shortest way between two names has. */
function longestWay(links: readonly (readonly string[])[]): number {
  const next = new Map<string, string[]>();
  for (const [from = "", to = ""] of links) next.set(from, [...(next.get(from) ?? []), to]);
  let longest = 1;
  for (const start of next.keys()) {
    const distance = new Map([[start, 0]]);
    for (const [name, steps] of distance) {
      longest = Math.max(longest, steps);
      for (const to of next.get(name) ?? []) if (!distance.has(to)) distance.set(to, steps + 1);
    }
  }
  return longest;
}

/** A condition by counting: false beats unknown beats true. */
function holds(
  condition: string,
  effect: string,
  parameters: GeneratedRequest["parameters"],
  claims: GeneratedRequest["claims"],
  { authTime = Number.NaN, time = Number.NaN }: Pick<GeneratedRequest, "authTime" | "time">,
): boolean {
  let unknown = 0;
  for (const atom of condition === "" ? [] : condition.split("&")) {
    const age = /^max_age(!?)=(.+)$/.exec(atom);
    if (age !== null) {
      if (!(authTime - time <= 60)) unknown += 1;
      else if (time - authTime > Number(age[2]) !== (age[1] === "!")) return false;
      continue;
    }
    const brace = atom.indexOf("}");
    const negated = atom.charAt(brace + 1) === "!";
    const name = atom.slice(brace + (negated ? 3 : 2));
    const parameter = Object.getOwnPropertyDescriptor(parameters, atom.slice(1, brace))?.value as unknown;
    const literal = /^'(.*)'$/.exec(name)?.[1];
    const claim = literal ?? (Object.getOwnPropertyDescriptor(claims, name)?.value as unknown);
    if (typeof parameter !== "string" || typeof claim !== "string") unknown += 1;
    else if (negated ? parameter === claim : parameter !== claim) return false;
  }
  return unknown === 0 || effect === "deny";
}
