import type { Caller } from "../../authorizers/caller.ts";
import { requestParameters } from "../../authorizers/request-route.ts";
import { ConfigurationError } from "../../errors.ts";
import { canonicalParameter } from "../../policy/canonical-path.ts";
import type { PermissionName } from "../../policy/names.ts";
import { isTokenFault } from "../../token/token-fault.ts";
import type { Checked } from "../check-permission.ts";
import { assertPermission } from "../check-permission.ts";
import { type RefusedAnswer, refusedAnswer } from "../refused-answer.ts";
import { createPermissionGuard, type GuardOptions } from "../require-permission.ts";

/** What a guard found out of a request, for the handler behind it. */
export interface Access {
  readonly caller: Caller;
  /** The parameters that were decided on. Use these, not those of the framework's router. */
  readonly parameters: Parameters;
}

/** The values that conditions compare with claims, by their names in the policy. */
type Parameters = Readonly<Record<string, string>>;

/** The parameters of a check, or a function that reads them from the framework's request. Compared unchanged. */
export type FrameworkParameters<R> = Parameters | ((request: R) => Parameters | Promise<Parameters>);

/** What an adapter read of a request. */
interface FrameworkRequest {
  /** The event of the gateway; undefined if the request has none that belongs to it. */
  readonly event: unknown;
  /** For a `verify` without an event. */
  readonly headers: () => Readonly<Record<string, unknown>>;
  /** What the framework's router made of the path: a string, or the segments of a wildcard. */
  readonly routeParameters: Readonly<Record<string, unknown>>;
  /** What to do if there is no event, as a clause. */
  readonly fix: string;
}

/** The part that the guards of all frameworks share. `R` is the request that a handler can hand back. */
export interface FrameworkGuard {
  /**
   * Decides, and remembers who was let through.
   *
   * @returns the answer of a refusal; undefined lets the handler run
   * @throws ConfigurationError if the request has no event and the guard does not verify tokens
   */
  admit<R extends object>(
    request: R,
    found: FrameworkRequest,
    permission: PermissionName,
    parameters: FrameworkParameters<R> | undefined,
  ): Promise<RefusedAnswer | undefined>;
  /** What the guard found out of this request. @throws ConfigurationError if no guard let it through */
  access(request: object): Access;
  /** @throws RangeError if it is not a permission */
  readonly assertPermission: (permission: string) => void;
}

/** One guard decides for many requests at a time, so everything about a request is kept under the request itself. */
export function createFrameworkGuard(options: GuardOptions): FrameworkGuard {
  const guard = createPermissionGuard(options);
  const admitted = new WeakMap<object, Access>();
  const refuse = (refused: Extract<Checked, { allowed: false }>, permission: PermissionName) => {
    options.onRefusal?.(refused, permission);
    return refusedAnswer(refused);
  };
  return {
    assertPermission,
    admit: async (request, found, permission, parameters) => {
      const event = eventOf(found, options);
      const own = parameters === undefined ? ownParameters(event, found, options) : undefined;
      const named =
        own ?? (typeof parameters === "function" ? await parameters(request) : (parameters ?? {}));
      let checked: Checked;
      try {
        checked = await guard.check(event, permission, named);
      } catch (error) {
        if (!isTokenFault(error)) throw error;
        return refuse(
          { ...UNDECIDED, refusal: "token_refused", caller: undefined, code: error.code },
          permission,
        );
      }
      if (!checked.allowed) return refusedAnswer(checked);
      if (own !== undefined && differs(own, found.routeParameters)) {
        const { caller, decision } = checked;
        return refuse({ ...UNDECIDED, refusal: "parameters_differ", caller, decision }, permission);
      }
      admitted.set(request, { caller: checked.caller, parameters: named });
      return undefined;
    },
    access: (request) => {
      const access = admitted.get(request);
      if (access !== undefined) return access;
      throw new ConfigurationError(
        "no guard let this request through: put `requirePermission` of the same guard before the handler",
      );
    },
  };
}

const UNDECIDED = { allowed: false, decision: undefined, acceptedAge: undefined } as const;

/**
 * The event of the gateway, or what `verify` reads of a request without one.
 *
 * @throws ConfigurationError if there is neither
 */
function eventOf({ event, headers, fix }: FrameworkRequest, { verify }: GuardOptions): unknown {
  if (event !== undefined) return event;
  if (verify !== undefined) return { headers: headers() };
  throw new ConfigurationError(
    `the guard finds no event of API Gateway for this request: ${fix}, or set \`verify\``,
  );
}

/** Those that the authorizer decided on; those of the router if nobody decided before. */
function ownParameters(
  event: unknown,
  { routeParameters }: FrameworkRequest,
  options: GuardOptions,
): Parameters {
  if (options.verify === undefined) {
    return requestParameters(event, options.policy(), options.customDomains);
  }
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(routeParameters)) {
    const text = textOf(value);
    const canonical =
      text === undefined ? undefined : canonicalParameter(text, "decoded", Array.isArray(value));
    if (canonical !== undefined) found[name] = canonical;
  }
  return found;
}

/** Whether the handler would read another value of a parameter than the one that was decided on. */
function differs(decided: Parameters, routed: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(decided).some(
    ([name, value]) => Object.hasOwn(routed, name) && textOf(routed[name]) !== value,
  );
}

/** Express 5 splits the value of a wildcard into segments. */
function textOf(value: unknown): string | undefined {
  return Array.isArray(value) ? value.join("/") : typeof value === "string" ? value : undefined;
}
