import type { Policy } from "../../policy/policy.ts";
import { describeRow } from "../../policy/row-description.ts";
import { namedSubjects } from "../access/named-subjects.ts";

/** A JSON Schema or a part of one. */
type Schema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft-07, which most editors support) of policy test files, for completion and hints. With a policy
 * it offers the names of the policy; other strings stay valid, since a route may be a concrete path. `claimgate test`
 * checks the rest.
 */
export function testSchema(policy?: Policy): Schema {
  const names = namesOf(policy);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "claimgate policy test",
    description: "Who may call what, and what no token may. See docs/policy-tests.md",
    ...shape({
      client: described(
        "The app of users that name none, where the policy has `p3` rows",
        offered(names.apps),
      ),
      principals: {
        description: "Names, each with the content of its token.",
        type: "object",
        additionalProperties: principalSchema(names),
      },
      suites: {
        description:
          "Principals times routes or permissions: everything that `allow` does not list must be denied.",
        type: "array",
        items: suiteSchema(names),
      },
      invariants: {
        description: "Statements about every possible token.",
        type: "array",
        items: invariantSchema(names),
      },
    }),
  };
}

type Names = ReturnType<typeof namesOf>;

const TEXT = { type: "string", minLength: 1 };

function principalSchema({ groups, roles, clients, scopes }: Names): Schema {
  return {
    ...shape({
      groups: described("Cognito groups", oneOrMore(offered(groups))),
      roles: described("Directly assigned roles, without `role:`", oneOrMore(offered(roles))),
      user: described("The `sub` of a user, as in rows", TEXT),
      client: described("The app client of a machine token, or the app of a user", offered(clients)),
      scopes: described("OAuth scopes of the token", oneOrMore(offered(scopes))),
      claims: described("Claims that conditions compare; strings", textMap()),
      age: described("Seconds since the sign-in, for `max_age`; unknown without it", {
        type: "integer",
        minimum: 0,
      }),
    }),
    type: ["object", "null"],
  };
}

function suiteSchema(names: Names): Schema {
  return {
    ...shape({
      name: TEXT,
      principals: described("Only these (default: all)", oneOrMore(TEXT)),
      routes: described("Routes of the policy, or concrete paths", oneOrMore(offered(names.routes))),
      permissions: described("`resource:action`", oneOrMore(offered(names.permissions))),
      parameters: described("Path parameters that conditions compare", textMap()),
      allow: {
        description:
          'Principal -> its allowed routes or permissions, in the spelling of the suite; "*" is all of the suite.',
        type: "object",
        additionalProperties: oneOrMore(TEXT),
      },
      because: {
        description: "The expected row or permission of a decision.",
        type: "array",
        items: reasonSchema(names),
      },
    }),
    required: ["name"],
    anyOf: [{ required: ["routes"] }, { required: ["permissions"] }],
  };
}

function reasonSchema({ rows, permissions }: Names): Schema {
  return {
    ...shape({
      principal: TEXT,
      route: TEXT,
      permission: TEXT,
      row: described("Must be among the determining rows", offered(rows)),
      granted: described("A permission of the route that must be granted", offered(permissions)),
    }),
    required: ["principal"],
    allOf: [
      { oneOf: [{ required: ["route"] }, { required: ["permission"] }] },
      { anyOf: [{ required: ["row"] }, { required: ["granted"] }] },
    ],
  };
}

function invariantSchema(names: Names): Schema {
  const target = oneOrMore(offered([...names.routes, ...names.permissions]));
  const subjects = oneOrMore({ ...offered(names.subjects), pattern: "^(group|role|user|client|scope):." });
  return {
    ...shape({
      name: TEXT,
      only: described("No token without one of these subjects may", subjects),
      never: described("No token with one of these subjects may, regardless of its other subjects", subjects),
      apart: described("No group of one tenant gives anything in another: the parameter that names it", TEXT),
      apps: described(
        "No user may through one of these apps, regardless of scopes",
        oneOrMore(offered(names.apps)),
      ),
      hold: described('Permissions; "*" is everything', target),
      reach: described('Routes; "*" means all, `guarded` all that are not public', target),
    }),
    oneOf: [
      { required: ["only"], anyOf: [{ required: ["hold"] }, { required: ["reach"] }] },
      { required: ["never"], anyOf: [{ required: ["hold"] }, { required: ["reach"] }] },
      { required: ["apps"], anyOf: [{ required: ["hold"] }, { required: ["reach"] }] },
      { required: ["apart"] },
    ],
  };
}

function namesOf(policy: Policy | undefined) {
  const subjects = policy === undefined ? [] : [...namedSubjects(policy)].sort();
  const ofKind = (prefix: string) =>
    subjects.flatMap((subject) => (subject.startsWith(prefix) ? [subject.slice(prefix.length)] : []));
  const entries = policy === undefined ? [] : [...policy.routeEntries];
  return {
    subjects,
    groups: ofKind("group:"),
    roles: ofKind("role:"),
    apps: [...(policy?.apps.keys() ?? [])].sort(),
    clients: [...new Set([...ofKind("client:"), ...(policy?.apps.keys() ?? [])])].sort(),
    scopes: [...new Set([...ofKind("scope:"), ...(policy?.appScopes ?? [])])].sort(),
    routes: entries.map(([route]) => route).sort(),
    permissions: [...new Set(entries.flatMap(([, { permissions }]) => permissions))].sort(),
    rows: (policy?.decisionRows ?? []).map((row) => describeRow("p", row).row),
  };
}

function shape(properties: Schema): Schema {
  return { type: "object", additionalProperties: false, properties };
}

function described(description: string, schema: Schema): Schema {
  return { description, ...schema };
}

/** Strings with some known values, which editors complete. */
function offered(known: readonly string[]): Schema {
  return known.length === 0 ? TEXT : { ...TEXT, anyOf: [{ enum: known }, { type: "string" }] };
}

function oneOrMore(item: Schema): Schema {
  return { anyOf: [item, { type: "array", items: item }] };
}

function textMap(): Schema {
  return { type: "object", additionalProperties: { type: "string" } };
}
