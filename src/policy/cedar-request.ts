import { ClaimgateError } from "../errors.ts";
import { ownText } from "../own-property.ts";
import type { DecisionRequest, PermissionRequest } from "./decision.ts";
import { isPermissionPattern, patternsCovering } from "./permission.ts";
import { signInAge } from "./sign-in-age.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "./subject.ts";
import { type TenantGroup, tenantGroup, tenantIn, tenantOf } from "./tenant-group.ts";

/** What policies in Cedar read of a request: `request.json` of `claimgate export cedar`. */
export interface CedarRequestShape {
  /** Of all types: `Claimgate`. */
  readonly namespace: string;
  /** The version of the policy that was exported. */
  readonly policyVersion: string;
  /** Names of path parameters and claims that conditions compare. */
  readonly parameters: readonly string[];
  readonly claims: readonly string[];
  /** Groups of each tenant: `group:{tenantId}.editors`. */
  readonly tenantGroups: readonly string[];
  /** Whether a condition compares the age of the sign-in. */
  readonly signInAge: boolean;
  /** Whether the app decides, since the policy has `p3` rows. */
  readonly apps: boolean;
  /** The routes, the permissions, and a wildcard for permissions that no row names. */
  readonly actions: readonly string[];
}

/** An entity in Cedar's JSON. */
interface CedarEntityUid {
  readonly type: string;
  readonly id: string;
}

/** A request to Cedar, in Cedar's JSON. */
export interface CedarRequest {
  readonly principal: CedarEntityUid;
  readonly action: CedarEntityUid;
  readonly resource: CedarEntityUid;
  readonly context: Readonly<Record<string, string | number | readonly string[]>>;
  readonly entities: readonly {
    readonly uid: CedarEntityUid;
    readonly attrs: Readonly<Record<string, never>>;
    readonly parents: readonly CedarEntityUid[];
  }[];
}

/** The one resource: policies do not compare it. */
const CEDAR_RESOURCE = "api";

/** The keys of the context. None can be another's: the name of a parameter has no braces and no colon. */
export const cedarKeys = {
  parameter: (name: string) => `{${name}}`,
  claim: (name: string) => `claim:${name}`,
  /** The parameter, if its value can be the name of a tenant. */
  tenant: (parameter: string) => `tenant:${parameter}`,
  signInAge: "signInAge",
  client: "client",
  scopes: "scopes",
} as const;

/**
 * The request to Cedar that asks the same as `decide` or `decidePermission` for the same request, if the policy was
 * exported with `claimgate export cedar`. Undefined if the policy has no such route, or no row can grant the
 * permission: deny it, as `decide` does.
 *
 * A value that is missing or not a string is left out, so that policies find it missing.
 *
 * @param shape `request.json` of the export
 * @throws ClaimgateError `request_malformed` if the subjects are not those of one verified token
 *
 * @example
 * import { readFileSync } from "node:fs";
 * import { type CedarRequestShape, cedarRequest, userSubjects } from "claimgate/policy";
 *
 * const shape = JSON.parse(readFileSync("cedar/request.json", "utf8")) as CedarRequestShape;
 * const asked = cedarRequest(shape, {
 *   subjects: userSubjects({ sub: "2c1f", groups: ["staff"] }),
 *   route: "GET /orders/{orderId}",
 *   parameters: { orderId: "17" },
 *   claims: {},
 * });
 * console.log(asked?.action.id);
 */
export function cedarRequest(
  shape: CedarRequestShape,
  request: DecisionRequest | PermissionRequest,
): CedarRequest | undefined {
  const name = actionOf(shape, request);
  if (name === undefined) return undefined;
  const uid = (type: string, id: string): CedarEntityUid => ({ type: `${shape.namespace}::${type}`, id });
  const { type, id, parents } = principalOf(request.subjects);
  const principal = uid(type, id);
  return {
    principal,
    action: uid("Action", name),
    resource: uid("Api", CEDAR_RESOURCE),
    context: contextOf(shape, request),
    entities: [{ uid: principal, attrs: {}, parents: parents.map((one) => uid(one.type, one.id)) }],
  };
}

/** A permission that no row names is the wildcard that covers it. */
function actionOf(
  { actions }: CedarRequestShape,
  request: DecisionRequest | PermissionRequest,
): string | undefined {
  if ("permission" in request) {
    return patternsCovering(request.permission).find((one) => actions.includes(one));
  }
  const { route } = request;
  return route === undefined || isPermissionPattern(route) || !actions.includes(route) ? undefined : route;
}

/** No `sub` and no client has a blank, so no row names these. */
const NO_NAME = "not named";

function principalOf(subjects: readonly Subject[]) {
  const isUser = subjects.includes(AUTHENTICATED);
  const named = (prefix: string) => namesOf(subjects, prefix);
  if (isUser === subjects.includes(MACHINE) || named("user:").length > 1) {
    throw new ClaimgateError(
      "request_malformed",
      `the subjects are not those of one token: expected one of \`${AUTHENTICATED}\` and \`${MACHINE}\`, and at most one \`user:\``,
    );
  }
  if (isUser) {
    const parents = named("group:").map((id) => ({ type: "Group", id }));
    return { type: "User", id: named("user:")[0] ?? NO_NAME, parents };
  }
  const clients = named("client:").map((id) => ({ type: "Client", id }));
  const scopes = named("scope:").map((id) => ({ type: "Scope", id }));
  return { type: "Machine", id: clients[0]?.id ?? NO_NAME, parents: [...clients, ...scopes] };
}

/** Each once, without the prefix. */
function namesOf(subjects: readonly Subject[], prefix: string): readonly string[] {
  const own = subjects.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  return [...new Set(own)].filter(isText);
}

function contextOf(
  shape: CedarRequestShape,
  request: DecisionRequest | PermissionRequest,
): CedarRequest["context"] {
  const { subjects, parameters, claims, app } = request;
  const context: (readonly [string, string | number | readonly string[] | undefined])[] = [
    ...shape.parameters.map((name) => [cedarKeys.parameter(name), ownText(parameters, name)] as const),
    ...shape.claims.map((name) => [cedarKeys.claim(name), ownText(claims, name)] as const),
  ];
  for (const group of shape.tenantGroups.flatMap((member) => tenantGroup(member as Subject) ?? [])) {
    const tenants = tenantsOf(group, subjects);
    if (tenants.length === 0) continue;
    context.push([group.member, tenants]);
    context.push([cedarKeys.tenant(group.parameter), tenantIn(parameters, group.parameter)]);
  }
  if (shape.signInAge) {
    const age = signInAge(request);
    // Cedar has whole numbers only, as limits are.
    context.push([cedarKeys.signInAge, age === undefined ? undefined : Math.ceil(age)]);
  }
  if (shape.apps && app !== undefined && !subjects.includes(MACHINE)) {
    context.push([cedarKeys.client, app.client], [cedarKeys.scopes, app.scopes.filter(isText)]);
  }
  return Object.fromEntries(
    context.flatMap(([key, value]) =>
      value === undefined || (typeof value === "string" && !isText(value)) ? [] : [[key, value]],
    ),
  );
}

function tenantsOf(group: TenantGroup, subjects: readonly Subject[]): readonly string[] {
  return [...new Set(subjects.flatMap((subject) => tenantOf(group, subject) ?? []))];
}

/** Cedar's strings are Unicode: a lone surrogate would become another character. */
function isText(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
