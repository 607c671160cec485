import { createLog } from "../../../lambda/log.ts";
import { createShadow } from "../../../lambda/shadow.ts";
import { decide } from "../../../policy/decide.ts";
import type { DecisionRequest } from "../../../policy/decision.ts";
import type { Policy } from "../../../policy/policy.ts";
import { about } from "./decision-lines.ts";

/** A request of the sample log. */
export interface TimedRequest {
  readonly request: DecisionRequest;
  readonly time: string;
  readonly requestId: string;
}

/** The lines that a shadow would have logged for these requests, produced by the authorizers' own shadow. */
export function shadowLines(
  policy: Policy,
  candidate: Policy,
  requests: readonly TimedRequest[],
): readonly string[] {
  const lines: string[] = [];
  let time = requests[0]?.time ?? "";
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(time),
  );
  const shadow = createShadow(
    log,
    policy.version,
    () => candidate,
    (run) => run(),
  );
  for (const one of requests) {
    const { request } = one;
    time = one.time;
    const path = request.route?.replace(/^\S+ /, "").replaceAll(/\{(\w+)\}/g, (_, name: string) => request.parameters[name] ?? "");
    const { gateway, matched } = about(request.route, { requestId: one.requestId });
    shadow?.({
      gateway,
      requestId: one.requestId,
      matched: {
        ...matched,
        template: matched.template ?? "/",
        method: request.route?.split(" ")[0] ?? "GET",
        path: path ?? "/",
        parameters: Object.fromEntries(
          Object.entries(request.parameters).filter(([name]) => request.route?.includes(`{${name}}`)),
        ),
      },
      subjects: request.subjects,
      app: undefined,
      claims: request.claims,
      authTime: undefined,
      time: 0,
      decided: { by: "policy", route: request.route, decision: decide(policy, request) },
    });
  }
  return lines;
}
