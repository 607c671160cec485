import { property } from "../authorizers/event-shape.ts";
import { requestParameters } from "../authorizers/request-route.ts";
import type { PermissionName } from "../policy/names.ts";
import { assertPermission, type Checked, type CheckOptions, checkPermission } from "./check-permission.ts";
import { type Refused, type RefusedAnswer, refusedAnswer, statusOf, wordOf } from "./refused-answer.ts";

/**
 * The parameters of a check, or a function that reads them from the event. Values are compared unchanged;
 * `decodedParameters` decodes those of an event by its gateway.
 */
export type ParametersOf =
  | Readonly<Record<string, string>>
  | ((event: unknown) => Readonly<Record<string, string>>);

/** A middleware of `@middy/core`, declared by shape so that claimgate does not need middy. */
export interface PermissionMiddleware {
  readonly before: (request: { readonly event: unknown }) => Promise<RefusedAnswer | undefined>;
}

/** The options of a guard. */
export interface GuardOptions extends CheckOptions {
  /** Called with every refusal, e.g. to log it. Never gets a token. */
  readonly onRefusal?: ((checked: Refused, permission: PermissionName) => void) | undefined;
}

/**
 * Thrown if an answer cannot express a refusal: for an AppSync resolver or an event of another kind.
 *
 * @example
 * import { createPermissionGuard, ForbiddenError } from "claimgate/middleware";
 *
 * const { check } = createPermissionGuard({ policy: () => policy });
 *
 * export async function resolver(event: unknown) {
 *   const { allowed } = await check(event, "orders:read");
 *   if (!allowed) throw new ForbiddenError(403);
 *   return [];
 * }
 */
export class ForbiddenError extends Error {
  /** The status of an HTTP answer. */
  readonly status: 401 | 403;

  constructor(status: 401 | 403) {
    super(wordOf(status));
    this.status = status;
    this.name = "ForbiddenError";
  }
}

/**
 * A guard for handlers: `requirePermission("orders:write")` as a middy middleware, or `check` as a plain function.
 *
 * A refusal is answered with 401 if the token has expired or the sign-in is too old, else with 403: as JSON in the
 * shape of the event's gateway, or thrown as {@link ForbiddenError} if the event has no gateway. Clients get one word;
 * `onRefusal` gets the details.
 *
 * @example
 * import middy from "@middy/core";
 * import { currentPolicy } from "claimgate/lambda";
 * import { createPermissionGuard } from "claimgate/middleware";
 *
 * const { requirePermission } = createPermissionGuard({ policy: currentPolicy });
 *
 * export const handler = middy(async () => ({ statusCode: 204 })).use(requirePermission("orders:delete"));
 */
export function createPermissionGuard(options: GuardOptions): {
  readonly requirePermission: (permission: PermissionName, parameters?: ParametersOf) => PermissionMiddleware;
  readonly check: (event: unknown, permission: PermissionName, parameters?: ParametersOf) => Promise<Checked>;
} {
  const parametersOf = (event: unknown) => requestParameters(event, options.policy(), options.customDomains);
  const check = async (
    event: unknown,
    permission: PermissionName,
    parameters: ParametersOf = parametersOf,
  ) => {
    const named = typeof parameters === "function" ? parameters(event) : parameters;
    const checked = await checkPermission(event, permission, named, options);
    if (!checked.allowed) options.onRefusal?.(checked, permission);
    return checked;
  };
  return {
    check,
    requirePermission: (permission, parameters) => {
      assertPermission(permission);
      return {
        before: async ({ event }) => {
          const checked = await check(event, permission, parameters);
          return checked.allowed ? undefined : answerTo(event, checked);
        },
      };
    },
  };
}

/**
 * @throws ForbiddenError if the event is not from a gateway
 */
function answerTo(event: unknown, refused: Refused): RefusedAnswer {
  if (property(event, "requestContext") === undefined) throw new ForbiddenError(statusOf(refused));
  return refusedAnswer(refused);
}
