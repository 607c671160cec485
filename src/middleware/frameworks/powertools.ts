import type { PermissionName } from "../../policy/names.ts";
import type { GuardOptions } from "../require-permission.ts";
import { type Access, createFrameworkGuard, type FrameworkParameters } from "./framework-guard.ts";

/** The request context of the HTTP event handler of Powertools, declared by shape. */
export interface PowertoolsContext {
  readonly event: unknown;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A middleware of that event handler. */
export type PowertoolsMiddleware<C extends PowertoolsContext> = (call: {
  readonly reqCtx: C;
  readonly next: () => Promise<unknown>;
}) => Promise<Response | undefined>;

/** The guard of a Powertools router. */
export interface PowertoolsGuard {
  /** @throws RangeError if it is not a permission */
  requirePermission<C extends PowertoolsContext>(
    permission: PermissionName,
    parameters?: FrameworkParameters<C>,
  ): PowertoolsMiddleware<C>;
  /** Who calls, in a handler behind the guard. @throws ConfigurationError if no guard let the request through */
  access(reqCtx: PowertoolsContext): Access;
}

/**
 * A guard for the HTTP event handler of Powertools for AWS Lambda. Refuses with the same answers as the middleware for
 * middy.
 *
 * @example
 * import { currentPolicy } from "claimgate/lambda";
 * import { createPowertoolsGuard, type PowertoolsContext } from "claimgate/middleware";
 *
 * const { requirePermission, access } = createPowertoolsGuard({ policy: currentPolicy });
 *
 * export const mayReadOrders = requirePermission("orders:read");
 * export const callerOf = (reqCtx: PowertoolsContext) => access(reqCtx).caller;
 */
export function createPowertoolsGuard(options: GuardOptions): PowertoolsGuard {
  const guard = createFrameworkGuard(options);
  return {
    access: (reqCtx) => guard.access(reqCtx),
    requirePermission: (permission, parameters) => {
      guard.assertPermission(permission);
      return async ({ reqCtx, next }) => {
        const found = {
          event: reqCtx.event,
          headers: () => ({}),
          routeParameters: reqCtx.params,
          fix: "call `resolve` of the router with the event",
        };
        const refused = await guard.admit(reqCtx, found, permission, parameters);
        if (refused === undefined) {
          await next();
          return undefined;
        }
        return new Response(refused.body, { status: refused.statusCode, headers: refused.headers });
      };
    },
  };
}
