import { AUTHENTICATED, MACHINE, type Subject } from "../../policy/subject.ts";
import type { Grants } from "./grants.ts";

interface Principal {
  readonly name: string;
  readonly content: string;
  /** The routes that it may call. */
  readonly routes: readonly string[];
}

/** tests/access.test.yaml: each row has a test that needs it. */
export function firstTests(grants: Grants): string {
  const routes = [...grants.permissions.keys()];
  const principals = principalsOf(grants);
  const allow = principals.flatMap(({ name, routes: own }) => allowed(name, own, routes));
  const only = [
    ...grants.subjects.keys(),
    ...(grants.looking.length + grants.changing.length === 0 ? [] : ["role:admin"]),
    ...(grants.looking.length === 0 ? [] : ["role:reader"]),
  ];
  return `# yaml-language-server: $schema=../../node_modules/claimgate/schemas/policy-test.schema.json
# Who may call what. Everything that \`allow\` does not list has to be denied: npx --no-install claimgate test
principals:
${principals.map(({ name, content }) => `  ${name}: ${content}\n`).join("")}
suites:
  - name: The routes of serverless.yml
    routes:
${list(routes, "      ")}    allow:
${allow.join("")}
# What holds for every token there could ever be: proven, not sampled.
invariants:
  - name: no one else reaches anything
    only: [${only.map((subject) => JSON.stringify(subject)).join(", ")}]
    reach:
${list(routes, "      ")}`;
}

function principalsOf(grants: Grants): readonly Principal[] {
  const { permissions, subjects, looking, changing } = grants;
  const routesOf = (held: readonly string[]) =>
    [...permissions].flatMap(([route, permission]) => (held.includes(permission) ? [route] : []));
  const of = (...own: readonly Subject[]) => own.flatMap((subject) => subjects.get(subject) ?? []);
  const scopes = [...subjects.keys()].filter((subject) => subject.startsWith("scope:"));
  const hasMachines = scopes.length > 0 || subjects.has(MACHINE);
  return [
    ...(looking.length + changing.length === 0
      ? []
      : [
          {
            name: "admin",
            content: "{ groups: [admins] }",
            routes: routesOf([...looking, ...changing, ...of(AUTHENTICATED)]),
          },
        ]),
    ...(looking.length === 0
      ? []
      : [
          {
            name: "reader",
            content: "{ groups: [readers] }",
            routes: routesOf([...looking, ...of(AUTHENTICATED)]),
          },
        ]),
    { name: "user", content: "{} # signed in, and in no group", routes: routesOf(of(AUTHENTICATED)) },
    ...(hasMachines
      ? [{ name: "machine", content: "{ roles: [machine] }", routes: routesOf(of(MACHINE)) }]
      : []),
    ...scopes.map((subject) => {
      const scope = subject.slice("scope:".length);
      return {
        name: JSON.stringify(`machine with ${scope}`),
        content: `{ scopes: [${JSON.stringify(scope)}] }`,
        routes: routesOf(of(MACHINE, subject)),
      };
    }),
  ];
}

function allowed(name: string, own: readonly string[], all: readonly string[]): readonly string[] {
  if (own.length === 0) return [];
  return [own.length === all.length ? `      ${name}: "*"\n` : `      ${name}:\n${list(own, "        ")}`];
}

function list(routes: readonly string[], indent: string): string {
  return routes.map((route) => `${indent}- ${JSON.stringify(route)}\n`).join("");
}
