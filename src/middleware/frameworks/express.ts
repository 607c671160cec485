import { property } from "../../authorizers/event-shape.ts";
import type { PermissionName } from "../../policy/names.ts";
import { type CarriedEvents, createCarriedEvents } from "./carried-events.ts";
import { type Access, createFrameworkGuard, type FrameworkParameters } from "./framework-guard.ts";
import { type ServerGuardOptions, webAdapterReader } from "./web-adapter.ts";

/** The request of Express, declared by shape so that claimgate does not need Express. */
export interface ExpressRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly originalUrl: string;
}

/** The response of Express: that of Node. */
export interface ExpressResponse {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  end(body: string): unknown;
}

/** A middleware of Express 4 and 5. */
export type ExpressMiddleware<R extends ExpressRequest> = (
  request: R,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

/** The guard of an Express app. */
export interface ExpressGuard extends CarriedEvents {
  /** @throws RangeError if it is not a permission */
  requirePermission<R extends ExpressRequest>(
    permission: PermissionName,
    parameters?: FrameworkParameters<R>,
  ): ExpressMiddleware<R>;
  /** Who calls, in a handler behind the guard. @throws ConfigurationError if no guard let the request through */
  access(request: ExpressRequest): Access;
}

/**
 * A guard for Express: behind `serverless-http`, behind another adapter whose handler {@link CarriedEvents.withEvent}
 * wraps, behind the Lambda Web Adapter, or with `verify` anywhere. Refuses with the same answers as the middleware for
 * middy; an error goes to `next`.
 *
 * @throws ConfigurationError if the options contradict each other
 * @example
 * import { currentPolicy } from "claimgate/lambda";
 * import { createExpressGuard, type ExpressRequest } from "claimgate/middleware";
 *
 * const { requirePermission, access } = createExpressGuard({ policy: currentPolicy });
 *
 * export const mayReadOrders = requirePermission("orders:read");
 * export const callerOf = (request: ExpressRequest) => access(request).caller;
 */
export function createExpressGuard(options: ServerGuardOptions): ExpressGuard {
  const guard = createFrameworkGuard(options);
  const eventOfAdapter = webAdapterReader(options);
  const carried = createCarriedEvents();
  const eventOf = (request: ExpressRequest) =>
    eventOfAdapter === undefined
      ? (carried.eventFor(request.headers) ?? eventOfServerlessHttp(request))
      : eventOfAdapter({
          header: (name) => [request.headers[name]].flat().join(", ") || undefined,
          path: request.originalUrl.split("?")[0] ?? "",
        });
  const admit = async <R extends ExpressRequest>(request: R, ...asked: Asked<R>) => {
    const found = {
      event: eventOf(request),
      headers: () => request.headers,
      routeParameters: request.params,
      fix: "wrap the handler, `withEvent(serverlessExpress({ app }))`, or use `serverless-http`",
    };
    return guard.admit(request, found, ...asked);
  };
  return {
    withEvent: carried.withEvent,
    access: (request) => guard.access(request),
    requirePermission: (permission, parameters) => {
      guard.assertPermission(permission);
      return (request, response, next) => {
        admit(request, permission, parameters).then(
          (refused) => {
            if (refused === undefined) {
              next();
              return;
            }
            response.writeHead(refused.statusCode, refused.headers);
            response.end(refused.body);
          },
          (error: unknown) => {
            next(error instanceof Error ? error : new Error("the guard failed", { cause: error }));
          },
        );
      };
    },
  };
}

type Asked<R> = readonly [permission: PermissionName, parameters: FrameworkParameters<R> | undefined];

/**
 * `serverless-http` gives each request its event. `@codegenie/serverless-express` gives all requests one object that
 * has the latest event, which is another caller's where a function handles several requests at a time.
 */
function eventOfServerlessHttp(request: ExpressRequest): unknown {
  const event = property(property(request, "apiGateway"), "event");
  const context = property(request, "requestContext");
  return context !== undefined && context === property(event, "requestContext") ? event : undefined;
}
