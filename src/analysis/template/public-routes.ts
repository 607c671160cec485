import type { Policy } from "../../policy/policy.ts";

/** The routes that a policy calls public: those that need no authorizer. */
export function publicRoutesOf({ routeEntries }: Policy): ReadonlySet<string> {
  const open = [...routeEntries].filter(([, { permissions }]) => permissions.length === 0);
  return new Set(open.map(([route]) => route));
}
