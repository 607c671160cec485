import type { Allows, AllowsAsync } from "../peer-policy.ts";
import type { Claims, Verify } from "../verifiers/claims.ts";
import { policy } from "./given.ts";

/** The part of an event of an HTTP API, payload 2.0, that the stacks of peers read. */
export interface HttpEvent {
  readonly routeKey: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A simple response, as API Gateway wants it. */
export interface Answer {
  readonly isAuthorized: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A Lambda authorizer as a team writes it: token, groups, permission of the route, decision. It logs nothing. */
export function authorizer(verify: Verify, allows: Allows | AllowsAsync) {
  return async (event: HttpEvent): Promise<Answer> => {
    const [scheme, token] = event.headers["authorization"]?.split(" ") ?? [];
    if (scheme !== "Bearer" || token === undefined) return { isAuthorized: false };
    let claims: Claims;
    try {
      claims = await verify(token);
    } catch {
      return { isAuthorized: false };
    }
    return answerTo(event, claims, allows);
  };
}

export async function answerTo(
  { routeKey }: HttpEvent,
  claims: Claims,
  allows: Allows | AllowsAsync,
): Promise<Answer> {
  const permission = policy.routes[routeKey];
  const groups = claims["cognito:groups"];
  if (permission === undefined || !Array.isArray(groups)) return { isAuthorized: false };
  const roles = groups.map((group) => `role:${group}`);
  return {
    isAuthorized: await allows(roles, permission),
    context: { sub: claims["sub"], clientId: claims["client_id"], groups: groups.join(" ") },
  };
}
