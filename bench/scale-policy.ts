import type { Subject } from "../src/policy/subject.ts";
import { createWorkload } from "./decision-workload.ts";

/** A policy of the size that is measured, with the answers that every command must give. */
export interface ScalePolicy {
  /** One row each. */
  readonly rows: readonly string[];
  /** Subjects of tokens, each with a role or two. */
  readonly groups: readonly Subject[];
  /** Route -> permission. */
  readonly routes: ReadonlyMap<string, string>;
  /** What a group may do on each route, by a lookup that shares no code with claimgate. */
  readonly accessOf: (group: Subject) => (route: string) => NaiveAccess;
  /** The roles with an allow row that covers the permission. */
  readonly rolesAllowed: (permission: string) => readonly Subject[];
}

/** The effects of all rows that match. */
export interface NaiveAccess {
  readonly always: boolean;
  readonly onCondition: boolean;
  readonly denied: boolean;
}

/** So many rows differ after {@link changedPolicy}. */
export const CHANGED_ROWS = 40;
const CHANGED_ROLES = 4;
/** One `p` row in so many has a condition, where its permission opens only routes with the parameter. */
const CONDITION_EVERY = 50;

interface Parts {
  readonly grants: readonly Grant[];
  /** Member -> roles. */
  readonly given: ReadonlyMap<Subject, readonly Subject[]>;
  readonly routes: ReadonlyMap<string, string>;
}

interface Grant {
  readonly subject: Subject;
  readonly permission: string;
  readonly effect: "allow" | "deny";
  readonly condition: string | undefined;
}

/**
 * The policy of the performance reference (`createWorkload`), with groups and a few conditions: rows/20 roles, 5 %
 * denies, inheritance, at most 1,000 routes.
 *
 * @param rows the number of `p` rows
 * @param groups by default one for each role
 */
export function createScalePolicy(rows: number, groups?: number): ScalePolicy {
  return policyOf(partsOf(rows, groups));
}

/** The same with {@link CHANGED_ROWS} rows less or more: most of them `p` rows, a few roles of groups. */
export function changedPolicy(rows: number, groups?: number): ScalePolicy {
  const { grants, given, routes } = partsOf(rows, groups);
  const ofRoles = Math.min(CHANGED_ROLES, CHANGED_ROWS / 2);
  const each = Math.min((CHANGED_ROWS - ofRoles) / 2, Math.floor(rows / 5));
  const step = Math.floor(grants.length / each);
  const kept = grants.filter((_, index) => index % step !== 0 || index / step >= each);
  const known = new Set(grants.map(spelledGrant));
  const permissions = [...routes.values()];
  const roles = [...new Set(grants.map(({ subject }) => subject))];
  const added: Grant[] = [];
  for (let at = 0; added.length < each; at += 1) {
    const [subject, permission] = [
      roles[(at * 7) % roles.length],
      permissions[(at * 13 + Math.floor(at / roles.length)) % permissions.length],
    ];
    if (subject === undefined || permission === undefined) throw new Error("the policy has no rows");
    const grant: Grant = { subject, permission, effect: "allow", condition: undefined };
    if (at > rows * 100) throw new Error("no row is left to add");
    if (!known.has(spelledGrant(grant))) added.push(grant);
    known.add(spelledGrant(grant));
  }
  const members = [...given.keys()].filter((member) => member.startsWith("group:"));
  const moved = new Map(given);
  for (const member of members.slice(0, ofRoles / 2)) {
    moved.set(member, [roles.find((role) => given.get(member)?.includes(role) === false) ?? "role:r0"]);
  }
  return policyOf({ grants: [...kept, ...added], given: moved, routes });
}

function partsOf(rows: number, groupCount: number | undefined): Parts {
  const { grants, inherits, routes } = createWorkload(rows, 3);
  const roles = [...new Set(grants.map(({ subject }) => subject))];
  const roleAt = (index: number) => roles[index % roles.length] ?? "role:r0";
  const groups = Array.from({ length: groupCount ?? roles.length }, (_, index): [Subject, Subject[]] => {
    const own = roleAt(index);
    return [`group:team${index}`, index % 3 === 0 ? [...new Set([own, roleAt(index + 1)])] : [own]];
  });
  return {
    grants: grants.map((grant, index) => ({
      ...grant,
      condition:
        index % CONDITION_EVERY === 0 && grant.effect === "allow" && /:(read|write)$/.test(grant.permission)
          ? "{id}=sub"
          : undefined,
    })),
    given: new Map<Subject, readonly Subject[]>([...inherits, ...groups]),
    routes,
  };
}

function policyOf({ grants, given, routes }: Parts): ScalePolicy {
  const bySubject = new Map<Subject, Grant[]>();
  for (const grant of grants) {
    const own = bySubject.get(grant.subject);
    if (own === undefined) bySubject.set(grant.subject, [grant]);
    else own.push(grant);
  }
  return {
    rows: [
      ...grants.map(spelledGrant),
      ...[...given].flatMap(([member, roles]) => roles.map((role) => `g, ${member}, ${role}`)),
      ...[...routes].map(([route, permission]) => `g2, ${route}, ${permission}`),
    ],
    groups: [...given.keys()].filter((member) => member.startsWith("group:")),
    routes,
    accessOf: (group) => {
      const held = new Set([group]);
      for (const subject of held) for (const role of given.get(subject) ?? []) held.add(role);
      const byPattern = new Map<string, Grant[]>();
      for (const grant of [...held].flatMap((subject) => bySubject.get(subject) ?? [])) {
        byPattern.set(grant.permission, [...(byPattern.get(grant.permission) ?? []), grant]);
      }
      return (route) => accessBy(patternsOf(routes.get(route)).flatMap((one) => byPattern.get(one) ?? []));
    },
    rolesAllowed: (permission) => {
      const covering = patternsOf(permission);
      const allowing = grants.filter(
        (grant) => grant.effect === "allow" && covering.includes(grant.permission),
      );
      return [...new Set(allowing.map(({ subject }) => subject))];
    },
  };
}

function accessBy(matching: readonly Grant[]): NaiveAccess {
  const allows = matching.filter(({ effect }) => effect === "allow");
  return {
    always: allows.some(({ condition }) => condition === undefined),
    onCondition: allows.some(({ condition }) => condition !== undefined),
    denied: matching.length > allows.length,
  };
}

function patternsOf(permission = ""): readonly string[] {
  return [permission, `${permission.slice(0, permission.indexOf(":"))}:*`, "*"];
}

function spelledGrant({ subject, permission, effect, condition }: Grant): string {
  return ["p", subject, permission, effect, ...(condition === undefined ? [] : [condition])].join(", ");
}
