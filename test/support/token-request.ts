import type { Policy } from "../../src/policy/policy.ts";
import { AUTHENTICATED, MACHINE } from "../../src/policy/subject.ts";
import type { GeneratedRequest } from "./generate-policy.ts";

/**
 * As a token and a gateway make them: no role but the built-in ones, the `sub` of the claims is the user's, no
 * parameter that the route does not have, and an app in the token of every user.
 */
export function asOfToken(request: GeneratedRequest): GeneratedRequest {
  const subjects = request.subjects.filter(
    (one) => !one.startsWith("role:") || one === AUTHENTICATED || one === MACHINE,
  );
  const user = subjects.find((one) => one.startsWith("user:"));
  const claims = user === undefined ? request.claims : { ...request.claims, sub: user.slice("user:".length) };
  const parameters = Object.fromEntries(
    Object.entries(request.parameters).filter(([name]) => {
      const route = request.route ?? "";
      return route.includes(`{${name}}`) || route.includes(`{${name}+}`);
    }),
  );
  const app = subjects.includes(MACHINE) ? undefined : (request.app ?? { client: "web", scopes: [] });
  return { ...request, subjects, claims, parameters, app };
}

/** An authorizer decides on `ANY` of the path where the method has no route of its own. */
export function resolvedRoute({ routes }: Policy, route: string | undefined): string | undefined {
  const any = route?.replace(/^\S+ /, "ANY ");
  return route !== undefined && any !== undefined && !routes.names.has(route) && routes.names.has(any)
    ? any
    : route;
}
