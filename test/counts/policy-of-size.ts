import { readFileSync } from "node:fs";
import { type CompiledPolicy, compilePolicy } from "../../src/policy/compile.ts";
import type { PolicySources } from "../../src/policy/load.ts";
import type { Subject } from "../../src/policy/subject.ts";

/** How many roles a token holds. */
const ROLES_A_TOKEN = 5;
/** How many different requests {@link requestsOf} makes. */
const REQUESTS = 40;

/** A question to a policy of {@link policySources}. */
export interface CountedRequest {
  readonly subjects: readonly Subject[];
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly claims: Readonly<Record<string, string>>;
}

interface Grant {
  readonly role: number;
  readonly resource: number;
  readonly effect: "allow" | "deny";
  readonly condition: string;
}

const rolesIn = (rows: number) => Math.max(2, Math.ceil(rows / 20));
const resourcesIn = (rows: number) => Math.min(1_000, Math.max(6, Math.ceil(rows / 4)));

/** Twenty rows for each role, one in twenty a deny and one in ten with a condition. The same in every run. */
function grantsOf(rows: number): readonly Grant[] {
  const [roles, resources] = [rolesIn(rows), resourcesIn(rows)];
  return Array.from({ length: rows }, (_, index) => {
    const role = index % roles;
    return {
      role,
      resource: (Math.floor(index / roles) + role * 5) % resources,
      effect: index % 20 === 13 ? "deny" : "allow",
      condition: index % 10 === 4 ? ", {id}=sub" : "",
    };
  });
}

/** A policy with so many `p` rows, over at most 1,000 routes; one role in ten inherits another one. */
function policySources(rows: number): PolicySources {
  const grants = grantsOf(rows).map(
    ({ role, resource, effect, condition }) => `p, role:r${role}, res${resource}:read, ${effect}${condition}`,
  );
  const members = Array.from({ length: rolesIn(rows) }, (_, role) => [
    `g, group:g${role}, role:r${role}`,
    ...(role % 10 === 7 ? [`g, role:r${role}, role:r${role - 7}`] : []),
  ]);
  const routes = Array.from({ length: resourcesIn(rows) }, (_, resource) => [
    `g2, GET /res${resource}, res${resource}:read`,
    `g2, GET /res${resource}/{id}, res${resource}:read`,
  ]);
  const addresses = ["p2, *@example.com, allow", "g3, *@example.com, group:g0"];
  const text = [...grants, ...members.flat(), ...routes.flat(), ...addresses].join("\n");
  return {
    model: { path: "policies/model.conf", text: readFileSync("policies/model.conf", "utf8") },
    rows: [{ path: "policies/counted.csv", text }],
  };
}

export function compiledPolicy(rows: number): CompiledPolicy {
  return compilePolicy(policySources(rows));
}

/** Requests with five groups each, whose first role has a row about the route. The same in every run. */
export function requestsOf(rows: number): readonly CountedRequest[] {
  const grants = grantsOf(rows);
  const roles = rolesIn(rows);
  return Array.from({ length: REQUESTS }, (_, index) => {
    const { role, resource } = grants[(index * (Math.floor(rows / REQUESTS) + 1)) % rows] ?? {
      role: 0,
      resource: 0,
    };
    const held = Array.from({ length: Math.min(ROLES_A_TOKEN, roles) }, (__, more) => (role + more) % roles);
    const groups = [...new Set(held)].map((one): Subject => `group:g${one}`);
    return {
      subjects: ["role:authenticated", `user:u${index}`, ...groups],
      route: `GET /res${resource}/{id}`,
      parameters: { id: `u${index}` },
      claims: { sub: `u${index}` },
    };
  });
}
