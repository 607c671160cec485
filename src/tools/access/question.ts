import { isPermission } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import { parsePathRoute } from "../../policy/route.ts";
import { type ResolvedRoute, resolveRoute, routeForPath } from "../../policy/route-table.ts";
import { AUTHENTICATED, isSubject, MACHINE, SUBJECT_PREFIXES, type Subject } from "../../policy/subject.ts";
import { likelySubjects } from "../../policy/subject-name.ts";
import { nearest } from "../../policy/suggestion.ts";
import { tenantOf } from "../../policy/tenant-group.ts";
import { kindOfLeaf } from "./holding.ts";
import { namedSubjects } from "./named-subjects.ts";

/** The target of a question: a route with its path parameters, or a single permission. */
export type Target =
  | {
      /** As given: the declared route, a concrete path, or a route that another one decides. */
      readonly asked: string;
      /** The declared route that decides. */
      readonly route: string;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly permission: string };

/** An invalid question: what is wrong, and what was probably meant. */
export class QuestionError extends Error {
  readonly fix: string | undefined;

  constructor(message: string, fix?: string) {
    super(message);
    this.name = "QuestionError";
    this.fix = fix;
  }
}

/**
 * Parses the subjects of a token: `group:support`, or several separated by commas. Adds the role of that kind of token:
 * `role:authenticated` next to a group or user, `role:machine` next to a client or scope.
 *
 * @throws QuestionError if one is not a subject, or no token can hold all of them
 */
export function readSubjects(text: string): readonly Subject[] {
  const named = text.split(",").map((one) => one.trim());
  const wrong = named.find((one) => !isSubject(one));
  if (wrong !== undefined) {
    const prefixes = SUBJECT_PREFIXES.map((prefix) => `${prefix}:`).join(", ");
    const meant = likelySubjects(wrong, SUBJECT_PREFIXES).map((one) => `\`${one}\``);
    const fix = meant.length === 0 ? undefined : `did you mean ${meant.join(" or ")}?`;
    throw new QuestionError(`\`${wrong}\` is not a subject: expected one of ${prefixes} and a name`, fix);
  }
  const subjects = named as Subject[];
  const kinds = new Set(subjects.flatMap((subject) => kindOfLeaf(subject) ?? []));
  if (kinds.has(AUTHENTICATED) && kinds.has(MACHINE)) {
    throw new QuestionError(
      `no token can hold all of \`${text}\`: a user has groups, a machine has a client and scopes`,
    );
  }
  return [...new Set([...kinds, ...subjects])];
}

/**
 * Parses the target: a declared route, a concrete path (`GET /orders/17`), a route without a row of its own, or a
 * permission. A path is decided like a request that the gateway's `$default` matches.
 *
 * @throws QuestionError if the policy does not know it
 */
export function readTarget(policy: Policy, text: string): Target {
  if (policy.routeEntries.has(text)) return { asked: text, route: text, parameters: {} };
  if (isPermission(text)) return { permission: known(policy, text) };
  const found = resolved(policy, text);
  if (found?.route !== undefined) return { asked: text, route: found.route, parameters: found.parameters };
  const routes = [...policy.routeEntries.keys()].sort();
  const meant = nearest(text, routes);
  const guide =
    /^[a-z]+ /.test(text) || text.startsWith("/")
      ? "write the method first, as in `GET /orders`"
      : "`claimgate matrix --rows routes` lists the routes, `claimgate matrix` the permissions";
  throw new QuestionError(
    /[ /.$]/.test(text)
      ? `the policy has no route \`${text}\``
      : `\`${text}\` is neither a route (\`GET /orders\`) nor a permission (\`orders:read\`)`,
    meant === undefined ? guide : `did you mean \`${meant}\`?`,
  );
}

/** Undefined if it is not a route with a path. */
function resolved(policy: Policy, text: string): ResolvedRoute | undefined {
  const [, method, path] = /^([A-Z]+) (\/\S*)$/.exec(text) ?? [];
  if (method === undefined || path === undefined) return undefined;
  const parsed = parsePathRoute(text);
  if ("route" in parsed && parsed.route.segments.some(({ kind }) => kind !== "literal")) {
    // Placeholders are unknown values: they equal no literal of a route and no parameter.
    const segments = parsed.route.segments.map((one) =>
      one.kind === "literal" ? one.text : `{${one.name}}`,
    );
    return { route: routeForPath(policy.routes, method, segments), parameters: {} };
  }
  return resolveRoute(policy, { method, template: "$default", path, encoding: "encoded", parameters: {} });
}

/** Permissions of routes and rows; a misspelled one would be denied to everyone except those with `*`. */
function known(policy: Policy, permission: string): string {
  if (policy.rowsByPattern.has(permission)) return permission;
  const opening = [...policy.routeEntries.values()].flatMap(({ permissions }) => permissions);
  if (opening.includes(permission)) return permission;
  const named = new Set([...opening, ...[...policy.rowsByPattern.keys()].filter(isPermission)]);
  const meant = nearest(permission, [...named].sort());
  throw new QuestionError(
    `no row of the policy names the permission \`${permission}\``,
    meant === undefined ? undefined : `did you mean \`${meant}\`?`,
  );
}

/**
 * A sentence for each subject that no row names and that may be misspelled; not for users and scopes, of which there
 * are many.
 */
export function unknownSubjects(policy: Policy, subjects: readonly Subject[]): readonly string[] {
  const named = new Set<Subject>([AUTHENTICATED, MACHINE, ...namedSubjects(policy)]);
  return subjects
    .filter((subject) => !named.has(subject) && !subject.startsWith("user:"))
    .filter((subject) => policy.tenantRoles.every((group) => tenantOf(group, subject) === undefined))
    .map((subject) => {
      const meant = nearest(subject, [...named].sort());
      return `no row names \`${subject}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
    });
}
