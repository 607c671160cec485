import fc from "fast-check";
import type { CasbinPolicy } from "../../src/tools/import/casbin/convert.ts";

/** How the three values are compared, and whether rows have an effect that denies. */
export interface GeneratedModel {
  readonly object: string;
  readonly action: string;
  readonly roles: boolean;
  readonly effects: boolean;
}

/** A model and its rows, of which some have no equal in claimgate. */
export interface GeneratedCasbin {
  readonly model: GeneratedModel;
  readonly rows: readonly (readonly string[])[];
}

export const NAMES = ["alice", "bob", "admin", "clerk", "reader"];
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  "==": ["/", "/a", "/a/b", "/a/b/c", "/v1.0", "/a:b", "*", "/a/", "/{id}"],
  keyMatch: ["/", "/*", "*", "/a", "/a/*", "/a/b/*", "/a/b", "/a*", "/a/*/b", "/:id", "/v1.0/*"],
  keyMatch2: [
    "/",
    "/*",
    "*",
    "/a",
    "/a/*",
    "/:x",
    "/:x/b",
    "/a/:id",
    "/:x/:y/*",
    "/a/:x/c",
    "/v1.0",
    "/v1\\.0",
  ],
  keyMatch3: [
    "/",
    "/*",
    "/a",
    "/a/*",
    "/{x}",
    "/{x}/b",
    "/a/{id}",
    "/{x}/{x}/*",
    "/a/{proxy+}",
    "/a*",
    "/a:b",
  ],
  keyMatch4: ["/", "/*", "/a/*", "/{x}/b", "/a/{id}", "/{x}/{y}", "/{x}/{x}", "/{x}/b/*"],
  keyMatch5: ["/", "/*", "/a/*", "/{x}/b", "/a/{id}", "/{x}/{y}", "/a/b/c", "/v1\\.0/{x}"],
  globMatch: ["/", "/a", "/a/b", "/a/*", "/v1.0", "/a:b"],
  regexMatch: [
    "^/$",
    "^/.*$",
    "^/.+$",
    "^/a$",
    "^/a/b$",
    "^/a/[^/]+$",
    "^/[^/]+/b$",
    "^\\/a\\/[^/]+\\/c$",
    "^/a/.*$",
    "^/a/.+$",
    "^/a(/.*)?$",
    "^/v1\\.0$",
    "^/a:b$",
    "^/{}$",
    "^/v1.0$",
    "^/a/[^/]*$",
    "^/[^/]*$",
    "^/a|/b$",
    "^/(a|b)$",
    "/a",
    ".*",
  ],
};
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "==": ["GET", "POST", "DELETE", "*", "get"],
  regexMatch: [
    "GET",
    "(GET)|(POST)",
    "^(POST|DELETE)$",
    "^GET|POST$",
    ".*",
    "^.*$",
    "(GET)|",
    "G.T",
    "GET|HEAD",
  ],
  keyMatch: ["GET", "POST", "*", "DEL*"],
  keyMatch2: ["GET", "POST", "*", "DEL*", ":method", "G.T"],
  keyMatch3: ["GET", "POST", "{method}", "G.T"],
  keyMatch4: ["GET", "POST", "{method}", "G.T"],
  keyMatch5: ["GET", "POST", "{method}", "G.T"],
  globMatch: ["GET", "POST", "*", "DEL*", "{GET,POST}", "!GET"],
  "== or *": ["GET", "POST", "DELETE", "*"],
};
/** Resources that are not paths, and what is done with them. */
const RESOURCES = ["data1", "data2", "orders", "a.b"];
const VERBS: Readonly<Record<string, readonly string[]>> = {
  "==": ["read", "write", "*"],
  regexMatch: ["^read$", "^(read|write)$", ".*", "read"],
  keyMatch: ["read", "write", "*"],
  keyMatch2: ["read", "write", "*", ":verb"],
  keyMatch3: ["read", "write", "{verb}"],
  keyMatch4: ["read", "write", "{verb}"],
  keyMatch5: ["read", "write", "{verb}"],
  globMatch: ["read", "write", "*", "re*"],
  "== or *": ["read", "write", "*"],
};

/** Small policies, about paths or about other resources. */
export const casbinPolicy = (about: "paths" | "names"): fc.Arbitrary<GeneratedCasbin> =>
  fc
    .record({
      object: fc.constantFrom(...Object.keys(OBJECTS)),
      action: fc.constantFrom(...Object.keys(ACTIONS)),
      roles: fc.boolean(),
      effects: fc.boolean(),
    })
    .chain((model) => {
      const objects = about === "paths" ? (OBJECTS[model.object] ?? []) : [...RESOURCES, "*"];
      const actions = (about === "paths" ? ACTIONS : VERBS)[model.action] ?? [];
      const grant = fc
        .tuple(
          fc.constantFrom(...NAMES),
          fc.constantFrom(...objects),
          fc.constantFrom(...actions),
          fc.constantFrom("allow", "allow", "deny"),
        )
        .map(([subject, object, action, effect]) => [
          ...["p", subject, object, action],
          ...(model.effects ? [effect] : []),
        ]);
      const link = fc
        .tuple(fc.constantFrom(...NAMES), fc.constantFrom("admin", "clerk", "reader"))
        .map(([member, role]) => ["g", member, role]);
      return fc
        .tuple(
          fc.array(grant, { minLength: 1, maxLength: 6 }),
          model.roles ? fc.array(link, { maxLength: 4 }) : fc.constant([]),
        )
        .map(([grants, links]) => ({ model, rows: [...grants, ...links] }));
    });

/** The model as a file that casbin reads. */
export function modelText({ object, action, roles, effects }: GeneratedModel): string {
  const call = (comparison: string, name: string) => {
    if (comparison === "==") return `r.${name} == p.${name}`;
    if (comparison === "== or *") return `(r.${name} == p.${name} || p.${name} == "*")`;
    return `${comparison}(r.${name}, p.${name})`;
  };
  const deny = effects ? " && !some(where (p.eft == deny))" : "";
  return `[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act${effects ? ", eft" : ""}
${roles ? "[role_definition]\ng = _, _\n" : ""}[policy_effect]
e = some(where (p.eft == allow))${deny}
[matchers]
m = ${roles ? "g(r.sub, p.sub)" : "r.sub == p.sub"} && ${call(object, "obj")} && ${call(action, "act")}
`;
}

/** The files of the policy, with one row a line. */
export function filesOf({ model, rows }: GeneratedCasbin): CasbinPolicy {
  return {
    model: { path: "model.conf", text: modelText(model) },
    rows: [{ path: "policy.csv", text: rows.map((row) => row.join(", ")).join("\n") }],
  };
}
