import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ReferenceRow, referenceDecide } from "../../src/policy/reference.ts";
import type { Version } from "./artefacts.ts";
import { type Call, GATEWAYS, tokenEvent } from "./requests.ts";
import type { Holder, Token } from "./tokens.ts";

/** What a function must make of an event: an answer, or an error with this type and message. */
export type Expected =
  | { readonly kind: "response"; readonly answer: unknown }
  | { readonly kind: "error"; readonly type: string; readonly message: string };

/** What is known of the token's key: it is known, it is not published, or nobody can tell. */
export type KeyState = "known" | "unpublished" | "unavailable";

/** Says what each answer of one version must be. Shares no code with what is deployed. */
export interface Judge {
  authorizer(name: string, token: Token, call: Call, key: KeyState): Expected;
  trigger(holder: Holder, version: "1" | "2" | "3"): unknown;
  readonly routes: readonly string[];
}

interface Line {
  readonly row: ReferenceRow;
  /** `policies/roles.csv:12`. */
  readonly place: string;
}

type Context = Readonly<Record<string, string>>;
type Decided = { readonly effect: "deny" } | { readonly effect: "allow"; readonly context: Context };

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

const UNDECIDED: Expected = {
  kind: "error",
  type: "UndecidedError",
  message: "the authorizer could not decide",
};
const NOTHING = { isAuthorized: false, ttlOverride: 0 };

/** What each gateway is told of a bad token (docs/gateways.md). */
function refused(name: string, call: Call): Expected {
  switch (name) {
    case "httpAuthorizer":
      return { kind: "response", answer: { isAuthorized: false } };
    case "appSyncAuthorizer":
      return { kind: "response", answer: NOTHING };
    case "httpPolicyAuthorizer":
      return { kind: "response", answer: policy("unauthenticated", "Deny", arnOf(name, call)) };
    default:
      return { kind: "error", type: "Error", message: "Unauthorized" };
  }
}

function answered(name: string, call: Call, holder: Holder, decided: Decided): unknown {
  const isAllowed = decided.effect === "allow";
  if (name === "httpAuthorizer") {
    return isAllowed ? { isAuthorized: true, context: decided.context } : { isAuthorized: false };
  }
  const answer = policy(holder.sub, isAllowed ? "Allow" : "Deny", arnOf(name, call));
  if (!isAllowed) return answer;
  const subprotocol = name === "websocketAuthorizer" && { subprotocol: "claimgate" };
  return { ...answer, context: { ...decided.context, ...subprotocol } };
}

const arnOf = (name: string, call: Call) => GATEWAYS[name]?.arn(call) ?? "";

function policy(principalId: string, Effect: "Allow" | "Deny", arn: string) {
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource: [arn] }];
  return { principalId, policyDocument: { Version: "2012-10-17", Statement } };
}

/** docs/policies.md, "Subjects": what a token holds before roles are followed. */
function subjectsOf({ kind, sub, groups, client, scopes }: Holder): readonly string[] {
  return kind === "machine"
    ? ["role:machine", `client:${client}`, ...scopes.map((scope) => `scope:${scope}`)]
    : ["role:authenticated", `user:${sub}`, ...groups.map((group) => `group:${group}`)];
}

/** The names of all roles that follow from the subjects, sorted. */
function rolesOf(rows: readonly ReferenceRow[], subjects: readonly string[]): readonly string[] {
  const held = [...subjects];
  for (const subject of held) {
    for (const [type, member, role = ""] of rows) {
      if (type === "g" && member === subject && !held.includes(role)) held.push(role);
    }
  }
  const roles = held.filter((one) => one.startsWith("role:"));
  return [...new Set(roles)].map((role) => role.slice("role:".length)).sort();
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

function fieldsOf(rows: readonly ReferenceRow[]): readonly string[] {
  return rows
    .filter(([type, name]) => type === "g2" && /^(Query|Mutation|Subscription)\./.test(name ?? ""))
    .map(([, name = ""]) => name)
    .sort();
}

/** The rows of the CSV files, which have no quotes here. */
function linesOf(folder: string): readonly Line[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".csv"));
  return files.sort().flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .split("\n")
      .map((text, index) => ({ text: text.trim(), place: `policies/${file}:${index + 1}` }))
      .filter(({ text }) => text !== "" && !text.startsWith("#"))
      .map(({ text, place }) => ({ row: text.split(",").map((field) => field.trim()), place })),
  );
}
