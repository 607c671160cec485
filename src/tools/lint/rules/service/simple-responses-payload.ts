import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** Simple responses with a payload format that does not support them. */
export const simpleResponsesPayload: Rule = {
  id: "simple-responses-payload",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "`enableSimpleResponses` is set for payload format 1.0, which does not support it",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  for (const { name, simpleResponses, payloadVersion, at } of service?.authorizers ?? []) {
    if (service === undefined || simpleResponses !== true || payloadVersion !== "1.0") continue;
    yield {
      ...at,
      message: `\`${name}\` answers with simple responses, which payload format \`1.0\` does not support`,
      authorizer: foreignAuthorizer(service, name),
      fix: 'set `payloadVersion: "2.0"`',
    };
  }
}
