import { isPermission } from "../../../policy/permission.ts";
import { KINDS } from "../../registry/kinds.ts";
import { code } from "../../text/markdown.ts";
import { type Name, spelled } from "../names/name.ts";
import { parametersIn } from "../names/names-in-string.ts";
import {
  chainsFrom,
  chainsTo,
  type Grant,
  grantsOf,
  isOfTokens,
  permissionsBelow,
  type RowFacts,
} from "../view/row-facts.ts";
import { chained, list, named, paragraphs } from "./markdown.ts";

/** What a name is for; undefined if nothing is known of it. */
export function hoverOfName(facts: RowFacts, one: Name): string | undefined {
  switch (one.kind) {
    case "permission":
      return ofPermission(facts, one.name);
    case "role":
    case "group":
    case "user":
    case "client":
    case "scope":
      return ofSubject(facts, one);
    case "route":
      return ofRoute(facts, one.name);
    case "parameter":
      return ofParameter(facts, one.name);
    case "claim":
      return ofClaim(facts, one.name);
    case "rule":
      return ofRule(one.name);
  }
}

function ofPermission(facts: RowFacts, permission: string): string {
  const grants = grantsOf(facts, permission);
  const below = permissionsBelow(facts, permission);
  const routes = below.flatMap((each) => facts.routesOf.get(each) ?? []);
  return paragraphs(
    isPermission(permission)
      ? code(permission)
      : `${code(permission)} covers ${named(below) || "no permission of a route"}`,
    routes.length === 0 ? "Opens no route." : list("Opens", [...new Set(routes)].map(code)),
    ...holdersOf(facts, grants),
  );
}

/** Everyone whom the rows allow, and everyone whom they deny, each by the chain that leads there. */
function holdersOf(facts: RowFacts, grants: readonly Grant[]): readonly (string | undefined)[] {
  const denials = grants.filter(({ denies }) => denies);
  const always = denials.filter(({ condition }) => condition === "");
  const deniedAlways = new Set(
    always.flatMap(({ subject }) => chainsTo(facts, subject).map(([head]) => head)),
  );
  const allowed = grants
    .filter(({ denies }) => !denies)
    .flatMap((grant) => linesOf(facts, grant, (head) => !deniedAlways.has(head)));
  return [
    allowed.length === 0 ? "Allowed to nobody." : list("Allowed to", [...new Set(allowed)]),
    list("Denied to", [...new Set(denials.flatMap((grant) => linesOf(facts, grant)))]),
  ];
}

/** @param shows by the subject of tokens at the head of a chain */
function linesOf(
  facts: RowFacts,
  { subject, condition, permission }: Grant,
  shows: (head: string | undefined) => boolean = () => true,
): readonly string[] {
  const wildcard = isPermission(permission) ? "" : ` by ${code(permission)}`;
  const when = condition === "" ? wildcard : `${wildcard}, if ${code(condition)}`;
  const chains = chainsTo(facts, subject);
  if (chains.length === 0) return [`${code(subject)}, which nobody has${when}`];
  return chains.filter(([head]) => shows(head)).map((chain) => `${chained(chain)}${when}`);
}

function ofSubject(facts: RowFacts, one: Name): string {
  const subject = spelled(one);
  const chains = chainsTo(facts, subject).filter((chain) => chain.length > 1);
  const roles = chainsFrom(facts, subject).slice(1);
  const held = [subject, ...roles.map((chain) => chain.at(-1) ?? "")];
  const grants = held.flatMap((each) => facts.grantsOfSubject.get(each) ?? []);
  return paragraphs(
    code(subject),
    isOfTokens(subject) ? (BUILT_IN[subject] ?? list("Has the roles", roles.map(chained))) : heldBy(chains),
    isOfTokens(subject) ? undefined : list("Also has", roles.map(chained)),
    grants.length === 0 ? "No row grants it anything." : list("May", permissionsIn(facts, grants, false)),
    list("May not", permissionsIn(facts, grants, true)),
    list("Joined at sign-up by", (facts.addressesOf.get(subject) ?? []).map(code)),
    list("Directory groups", (facts.directoriesOf.get(subject) ?? []).map(code)),
    list("On behalf of users, the app may at most", (facts.appsOf.get(subject) ?? []).map(code)),
  );
}

const BUILT_IN: Readonly<Record<string, string>> = {
  "role:authenticated": "Every signed-in user has it.",
  "role:machine": "Every machine-to-machine token has it.",
};

function heldBy(chains: readonly (readonly string[])[]): string | undefined {
  return chains.length === 0 ? "Nobody has it." : list("Held by", chains.map(chained));
}

function permissionsIn(facts: RowFacts, grants: readonly Grant[], denies: boolean): readonly string[] {
  const lines = grants
    .filter((grant) => grant.denies === denies)
    .map(({ permission, condition }) => {
      const routes = permissionsBelow(facts, permission).flatMap((each) => facts.routesOf.get(each) ?? []);
      const opens = routes.length === 0 ? "" : `: ${named(routes, 2)}`;
      return `${code(permission)}${condition === "" ? "" : ` if ${code(condition)}`}${opens}`;
    });
  return [...new Set(lines)];
}

function ofRoute(facts: RowFacts, route: string): string | undefined {
  const permissions = facts.permissionsOf.get(route);
  if (permissions === undefined)
    return `${code(route)}\n\nThe policy has no row for it. Such a route is denied to everyone.`;
  if (permissions.includes("public"))
    return `${code(route)}\n\nPublic: it has no authorizer, so everyone may call it.`;
  const grants = [...new Set(permissions.flatMap((permission) => grantsOf(facts, permission)))];
  return paragraphs(
    code(route),
    permissions.length === 1 ? `Needs ${code(permissions[0] ?? "")}.` : `Needs one of ${named(permissions)}.`,
    ...holdersOf(facts, grants),
  );
}

function ofParameter(facts: RowFacts, parameter: string): string {
  const has = (route: string) => parametersIn(route).some(({ name }) => name === parameter);
  const routes = [...facts.permissionsOf.keys()].filter(has);
  return paragraphs(
    code(`{${parameter}}`),
    routes.length === 0
      ? "No route of the policy has this parameter."
      : list("A path parameter of", routes.map(code)),
  );
}

function ofClaim(facts: RowFacts, claim: string): string {
  const compares = ({ condition }: Grant) => condition.split("&").some((atom) => atom.endsWith(`=${claim}`));
  const rows = [...facts.grantsOfSubject.values()].flat().filter(compares);
  return paragraphs(
    code(claim),
    "A claim of the access token.",
    list(
      "Compared by",
      rows.map(({ row }) => code(row)),
    ),
  );
}

function ofRule(id: string): string | undefined {
  const kind = KINDS.find((each) => each.id === id);
  return kind && paragraphs(`${code(id)} (${kind.severity})`, `${kind.summary}.`);
}
