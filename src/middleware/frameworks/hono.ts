import { property } from "../../authorizers/event-shape.ts";
import type { PermissionName } from "../../policy/names.ts";
import { type Access, createFrameworkGuard, type FrameworkParameters } from "./framework-guard.ts";
import { type ServerGuardOptions, webAdapterReader } from "./web-adapter.ts";

/** The `Context` of Hono, declared by shape so that claimgate does not need Hono. */
export interface HonoContext {
  readonly env: unknown;
  readonly req: {
    readonly raw: Request;
    param(): Readonly<Record<string, unknown>>;
  };
}

/** A middleware of Hono. */
export type HonoMiddleware<C extends HonoContext> = (
  context: C,
  next: () => Promise<void>,
) => Promise<Response | undefined>;

/** The guard of a Hono app. */
export interface HonoGuard {
  /** @throws RangeError if it is not a permission */
  requirePermission<C extends HonoContext>(
    permission: PermissionName,
    parameters?: FrameworkParameters<C>,
  ): HonoMiddleware<C>;
  /** Who calls, in a handler behind the guard. @throws ConfigurationError if no guard let the request through */
  access(context: HonoContext): Access;
}

/**
 * A guard for Hono: behind `handle` of `hono/aws-lambda`, behind the Lambda Web Adapter, or with `verify` anywhere.
 * Refuses with the same answers as the middleware for middy.
 *
 * @throws ConfigurationError if the options contradict each other
 * @example
 * import { currentPolicy } from "claimgate/lambda";
 * import { createHonoGuard, type HonoContext } from "claimgate/middleware";
 *
 * const { requirePermission, access } = createHonoGuard({ policy: currentPolicy });
 *
 * export const mayReadOrders = requirePermission("orders:read");
 * export const callerOf = (c: HonoContext) => access(c).caller;
 */
export function createHonoGuard(options: ServerGuardOptions): HonoGuard {
  const guard = createFrameworkGuard(options);
  const eventOfAdapter = webAdapterReader(options);
  return {
    access: (context) => guard.access(context),
    requirePermission: (permission, parameters) => {
      guard.assertPermission(permission);
      return async (context, next) => {
        const { raw } = context.req;
        const found = {
          event:
            eventOfAdapter === undefined
              ? property(context.env, "event")
              : eventOfAdapter({
                  header: (name) => raw.headers.get(name) ?? undefined,
                  path: new URL(raw.url).pathname,
                }),
          headers: () => Object.fromEntries(raw.headers),
          routeParameters: context.req.param(),
          fix: "serve the app with `handle` of `hono/aws-lambda`",
        };
        const refused = await guard.admit(context, found, permission, parameters);
        if (refused === undefined) {
          await next();
          return undefined;
        }
        return new Response(refused.body, { status: refused.statusCode, headers: refused.headers });
      };
    },
  };
}
