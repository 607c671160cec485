import type { AuthorizationRecord } from "../../../authorizers/outcome.ts";
import { decide } from "../../../policy/decide.ts";
import type { DecisionRequest } from "../../../policy/decision.ts";
import type { Policy } from "../../../policy/policy.ts";
import { createDecisionLog, type InputLogging } from "../../../lambda/decision-log.ts";
import { createLog } from "../../../lambda/log.ts";

export interface LineOptions {
  readonly inputs?: InputLogging;
  readonly time?: string;
  readonly requestId?: string;
  /** The matched route of the gateway, if the decision is on another: `GET /x` is decided on `ANY /x`. */
  readonly matched?: string | undefined;
}

/** The line that an authorizer logs for a decision, produced by the authorizers' own log. */
export function decisionLine(policy: Policy, request: DecisionRequest, options: LineOptions = {}): string {
  return recordLine(
    {
      ...about(options.matched ?? request.route, options),
      kind: "decided",
      decided: {
        by: "policy",
        route: policy.routes.names.has(request.route ?? "") ? request.route : undefined,
        decision: decide(policy, request),
      },
    },
    options,
  );
}

/** Any line that an authorizer logs. */
export function recordLine(record: AuthorizationRecord, options: LineOptions = {}): string {
  let written = "";
  const log = createLog(
    (line) => {
      written += line;
    },
    () => new Date(options.time ?? "2026-11-10T13:40:56.789Z"),
  );
  createDecisionLog(log, options.inputs ?? "plain")(record);
  return written.trimEnd();
}

/**
 * The common fields of every record, for a route whose spelling the gateway matched; no other route has the method
 * `PATCH`.
 */
export function about(route: string | undefined, options: LineOptions = {}) {
  const [, method, template] = /^(\S+) (\/\S*)$/.exec(route ?? "") ?? [];
  return {
    gateway: "http",
    requestId: options.requestId ?? "request-1",
    matched: {
      method: method === undefined || method === "ANY" ? "PATCH" : method,
      template: template ?? route,
      path: "/",
      encoding: "decoded",
      parameters: {},
    },
    durationMs: 0.5,
    reportOnly: false,
  } as const;
}
