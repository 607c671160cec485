import type { Caller } from "../../authorizers/caller.ts";
import { acceptedAge } from "../../policy/accepted-age.ts";
import { type App, appOf } from "../../policy/app.ts";
import { decide } from "../../policy/decide.ts";
import type { Decision, DecisionRequest } from "../../policy/decision.ts";
import type { Policy } from "../../policy/policy.ts";
import { mayAllow } from "../../policy/possible.ts";
import type { SignInTimes } from "../../policy/sign-in-age.ts";

/** The route of a tool in `g2` rows: `Tool.refundOrder`. */
export function toolRoute(name: string): string {
  return `Tool.${name}`;
}

/** The decision on a call, and what would change a denial. */
export interface ToolDecision {
  readonly decision: Decision;
  /** The scope that the app lacks: with it the call would be allowed. */
  readonly missingScope: string | undefined;
  /** The age in seconds up to which a sign-in would count. */
  readonly acceptedAge: number | undefined;
}

/**
 * Decides a call by the route of its tool. Its arguments are the parameters of conditions: own properties that are
 * strings, as they are. An argument of another type is missing, so a comparison with it is unknown.
 */
export function decideCall(
  policy: Policy,
  caller: Caller,
  tool: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> },
  now: number,
): ToolDecision {
  const { app, ...asked } = requestOf(caller, tool.name, now);
  const request = { ...asked, parameters: parametersIn(tool.arguments) };
  const decision = decide(policy, { ...request, app });
  const opens = (changes: Partial<DecisionRequest>) =>
    decide(policy, { ...request, app, ...changes }).effect === "allow";
  const decideAt = (times: SignInTimes) => decide(policy, { ...request, app, ...times });
  const denied = decision.effect === "deny";
  return {
    decision,
    missingScope: denied && app !== undefined ? scopeThatOpens(policy, decision, app, opens) : undefined,
    acceptedAge: denied ? acceptedAge(policy, request, decideAt) : undefined,
  };
}

/** Whether some arguments could open the tool to the caller: see {@link mayAllow}. */
export function mayCall(policy: Policy, caller: Caller, name: string, now: number): boolean {
  return mayAllow(policy, requestOf(caller, name, now));
}

function requestOf(caller: Caller, name: string, now: number): Omit<DecisionRequest, "parameters"> {
  const { kind, client, subjects, appScopes: scopes, conditionClaims: claims, authTime } = caller;
  const app = appOf({ kind, client, scopes });
  const times = { authTime: kind === "user" ? authTime : undefined, time: now };
  return { subjects, app, route: toolRoute(name), claims, ...times };
}

function parametersIn(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const parameters = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(given)) {
    // A name of every object is no argument that a policy can mean.
    if (typeof value === "string" && !(name in Object.prototype)) parameters[name] = value;
  }
  return parameters;
}

/** One scope suffices: one permission of the route must be granted and covered. */
function scopeThatOpens(
  policy: Policy,
  { reason }: Decision,
  app: App,
  opens: (changes: Partial<DecisionRequest>) => boolean,
): string | undefined {
  if (reason !== "app_not_allowed") return undefined;
  return policy.appScopes.find((scope) => opens({ app: { ...app, scopes: [...app.scopes, scope] } }));
}
