import { type ReferenceRow, referenceDecide } from "../../src/policy/reference.ts";
import type { Version } from "./artefacts.ts";
import {
  answered,
  type Context,
  type Decided,
  type Expected,
  NOTHING,
  refused,
  UNDECIDED,
} from "./gateway-answers.ts";
import { fieldsOf, linesOf, rolesOf, subjectsOf } from "./policy-rows.ts";
import { type Call, tokenEvent } from "./requests.ts";
import type { Holder, Token } from "./tokens.ts";

/** What is known of the token's key: it is known, it is not published, or nobody can tell. */
export type KeyState = "known" | "unpublished" | "unavailable";

/** Says what each answer of one version must be. Shares no code with what is deployed. */
export interface Judge {
  authorizer(name: string, token: Token, call: Call, key: KeyState): Expected;
  trigger(holder: Holder, version: "1" | "2" | "3"): unknown;
  readonly routes: readonly string[];
}

/** Judges by the slow reference of decisions, over the rows as they are in the files. */
export function createJudge({ policies, policyVersion }: Version): Judge {
  const lines = linesOf(policies);
  const rows = lines.map(({ row }) => row);
  const places = new Map([...lines].reverse().map(({ row, place }) => [row.join(", "), place]));
  const decided = new Map<string, Decided>();
  const fields = new Map<string, readonly string[]>();

  const caller = (holder: Holder, changes: Context): Context => {
    const { kind, sub, client, groups, tenant, expiresAt } = holder;
    const claims = { sub, ...(tenant !== undefined && { tenant_id: tenant }) };
    return {
      kind,
      sub,
      client,
      roles: rolesOf(rows, subjectsOf(holder)).join(" "),
      groups: groups.join(" "),
      poolAlias: "",
      subjects: subjectsOf(holder).join(" "),
      appScopes: "",
      conditionClaims: JSON.stringify(claims),
      expiresAt: String(expiresAt),
      policyVersion,
      ...changes,
    };
  };
  const asked = (holder: Holder, route: string, parameters: Readonly<Record<string, string>>) => {
    const claims = { sub: holder.sub, ...(holder.tenant !== undefined && { tenant_id: holder.tenant }) };
    return referenceDecide(rows, { subjects: subjectsOf(holder), route, parameters, claims });
  };
  const decide = (holder: Holder, { route, parameters }: Call): Decided => {
    const { userId, tenantId } = parameters;
    const same = `${holder.kind}${holder.sub}${holder.scopes.length} ${route} ${userId === holder.sub} ${tenantId}`;
    const known = decided.get(same);
    if (known !== undefined) return known;
    const { effect, determining } = asked(holder, route, parameters);
    // The engine sorts rows by their text, as the reference does what it returns.
    const first = places.get(determining[0] ?? "") ?? "";
    const [, , permission = ""] = rows.find(([type, name]) => type === "g2" && name === route) ?? [];
    const found: Decided =
      effect === "deny"
        ? { effect }
        : { effect, context: caller(holder, { mode: "request", permission, determining: first }) };
    decided.set(same, found);
    return found;
  };
  const deniedFields = (holder: Holder): readonly string[] => {
    const same = `${holder.kind}${holder.sub}${holder.scopes.length}`;
    const known = fields.get(same);
    if (known !== undefined) return known;
    const found = fieldsOf(rows).filter((field) => asked(holder, field, {}).effect === "deny");
    fields.set(same, found);
    return found;
  };
  const appSync = (holder: Holder): unknown => {
    const denied = deniedFields(holder);
    if (denied.length === fieldsOf(rows).length) return NOTHING;
    const context = caller(holder, { mode: "whole-api", permission: "", determining: "" });
    return { isAuthorized: true, resolverContext: context, deniedFields: denied, ttlOverride: 0 };
  };
  return {
    routes: rows
      .filter(([type, , permission]) => type === "g2" && permission !== "public")
      .map(([, r = ""]) => r),
    authorizer: (name, { holder }, call, key) => {
      if (key === "unavailable") return UNDECIDED;
      if (key === "unpublished" || holder === undefined) return refused(name, call);
      if (name === "appSyncAuthorizer") return { kind: "response", answer: appSync(holder) };
      return { kind: "response", answer: answered(name, call, holder, decide(holder, call)) };
    },
    trigger: (holder, version) => withToken(rows, holder, version),
  };
}

/** docs/triggers.md: roles in both tokens, the tenant in the access token, the groups as they were. */
function withToken(rows: readonly ReferenceRow[], holder: Holder, version: "1" | "2" | "3"): unknown {
  const event = tokenEvent(holder, version);
  const held = subjectsOf(holder).filter((one) => !one.startsWith("client:"));
  const roles = rolesOf(rows, held).filter((role) => role !== "authenticated" && role !== "machine");
  if (holder.kind === "machine") {
    if (roles.length === 0 || version === "1") return event;
    const accessTokenGeneration = { claimsToAddOrOverride: { roles } };
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
  }
  const groupOverrideDetails = {
    ...{ groupsToOverride: holder.groups, iamRolesToOverride: [], preferredRole: null },
  };
  if (version === "1") {
    const claimsToAddOrOverride = { roles: JSON.stringify(roles) };
    return { ...event, response: { claimsOverrideDetails: { claimsToAddOrOverride, groupOverrideDetails } } };
  }
  const copied = holder.tenant === undefined ? {} : { tenant_id: holder.tenant };
  const claimsAndScopeOverrideDetails = {
    idTokenGeneration: { claimsToAddOrOverride: { roles } },
    accessTokenGeneration: { claimsToAddOrOverride: { ...copied, roles } },
    groupOverrideDetails,
  };
  return { ...event, response: { claimsAndScopeOverrideDetails } };
}
