import { offsetIn } from "../../text/place.ts";
import type { NameIndex } from "../names/name-index.ts";
import { rowFacts } from "../view/row-facts.ts";
import type { Completion, CompletionContext, Offer } from "./completion.ts";
import { OfferedNames } from "./offered-names.ts";
import { type YamlContext, yamlContext } from "./yaml-context.ts";
import { yamlOffer } from "./yaml-offer.ts";

/** What fits at the cursor in a policy test. */
export function completeTest(asked: CompletionContext): Offer | undefined {
  const { file, index, service, line, column } = asked;
  const context = yamlContext(file.text, offsetIn(file.text, line, column));
  if (context === undefined) return undefined;
  const names = new OfferedNames(index, service);
  const properties = context.wants === "value" ? [] : namesAt(context, names, file.text);
  if (properties.length > 0) return yamlOffer(file.text, { ...context, wants: "name" }, properties);
  const values = context.wants === "name" ? [] : valuesAt(context, names, asked);
  return yamlOffer(file.text, { ...context, wants: "value" }, values);
}

/** Names of properties by the path that leads to them; `*` is any name. */
const PROPERTIES: readonly (readonly [path: string, Readonly<Record<string, string>>])[] = [
  [
    "",
    {
      client: "the app of users that name none",
      principals: "names, each with the content of its token",
      suites: "principals times routes: what `allow` does not list must be denied",
      invariants: "statements about every possible token",
    },
  ],
  [
    "principals *",
    {
      groups: "Cognito groups",
      roles: "directly assigned roles",
      user: "the `sub` of a user",
      client: "the app client of a machine token, or the app of a user",
      scopes: "OAuth scopes of the token",
      claims: "claims that conditions compare",
      age: "seconds since the sign-in, for `max_age`",
    },
  ],
  [
    "suites -",
    {
      name: "what the suite is about",
      principals: "only these; by default all",
      routes: "routes of the policy, or concrete paths",
      permissions: "`resource:action`",
      parameters: "path parameters that conditions compare",
      allow: "principal -> what is allowed to it",
      because: "the expected row or permission of a decision",
    },
  ],
  [
    "suites - because -",
    {
      principal: "one of the suite",
      route: "one of the suite",
      permission: "one of the suite",
      row: "must be among the determining rows",
      granted: "a permission of the route that must be granted",
    },
  ],
  [
    "invariants -",
    {
      name: "what is always true",
      only: "no token without one of these subjects may",
      never: "no token with one of these subjects may",
      apart: "no group of one tenant gives anything in another",
      apps: "no user may through one of these apps",
      hold: "permissions",
      reach: "routes",
    },
  ],
];

function namesAt({ path }: YamlContext, names: OfferedNames, text: string): readonly Completion[] {
  const key = path.join(" ");
  if (/^principals \S+ claims$/.test(key)) return names.claims();
  if (key === "suites - parameters") return names.parameters();
  if (key === "suites - allow") return principalsOf(text);
  const found = PROPERTIES.find(
    ([pattern]) => pattern === key || (pattern.includes("*") && /^principals \S+$/.test(key)),
  );
  return Object.entries(found?.[1] ?? {}).map(([label, detail]) => ({
    label,
    kind: "property",
    detail: () => detail,
  }));
}

/** By the path; the last `-` of a list does not matter, since one string may replace a list of them. */
function valuesAt(
  { path }: YamlContext,
  names: OfferedNames,
  { index, file }: CompletionContext,
): readonly Completion[] {
  const key = path.join(" ").replace(/ -$/, "");
  const property = /^principals (?:.*) (groups|roles|client|scopes)$/.exec(key)?.[1];
  if (property === "groups") return names.bare("group");
  if (property === "roles") return names.bare("role");
  if (property === "client" || key === "client" || key === "invariants - apps") return names.bare("client");
  if (property === "scopes") return names.bare("scope");
  switch (key) {
    case "suites - routes":
    case "suites - because - route":
      return names.routes();
    case "suites - permissions":
    case "suites - because - permission":
    case "suites - because - granted":
      return names.permissions();
    case "suites - principals":
    case "suites - because - principal":
      return principalsOf(file.text);
    case "suites - because - row":
      return rowsOf(index);
    case "invariants - only":
    case "invariants - never":
      return names.subjects(["role", "group", "client", "scope", "user"]);
    case "invariants - hold":
      return names.permissionPatterns();
    case "invariants - reach":
      return [GUARDED, EVERY, ...names.routes(), ...names.permissions()];
    default:
      return /^suites - allow /.test(key) ? [EVERY, ...names.routes(), ...names.permissions()] : [];
  }
}

const EVERY: Completion = { label: "*", kind: "value", detail: () => "all of them" };
const GUARDED: Completion = {
  label: "guarded",
  kind: "value",
  detail: () => "all routes that are not public",
};

/** The names below `principals`, also while the rest of the file is no YAML. */
function principalsOf(text: string): readonly Completion[] {
  const [, block = ""] = /^principals:[^\n]*\n((?:[ \t#][^\n]*\n|\r?\n)*)/m.exec(text) ?? [];
  const indent = /^ +/m.exec(block)?.[0] ?? "  ";
  return [...block.matchAll(new RegExp(`^${indent}([^\\s#][^:\\n]*):`, "gm"))].map(({ 1: label = "" }) => ({
    label: label.replace(/^(["'])(.*)\1$/, "$2"),
    kind: "value",
    detail: () => "a principal of this file",
  }));
}

/** The `p` rows in the spelling of decisions. */
function rowsOf(index: NameIndex): readonly Completion[] {
  return [...rowFacts(index).grantsOfSubject.values()].flat().map(({ row, file, line }) => ({
    label: row,
    kind: "row",
    detail: () => `${file}:${line}`,
  }));
}
