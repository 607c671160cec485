import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A WebSocket authorizer without an identity source, for which the framework uses `Auth`. */
export const websocketIdentitySource: Rule = {
  id: "websocket-identity-source",
  category: "service",
  severity: "warning",
  summary: "a WebSocket authorizer has no `identitySource`: the framework's default is the header `Auth`",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  for (const { gateway, name, identitySources, at } of service?.authorizers ?? []) {
    if (service === undefined || gateway !== "websocket" || identitySources?.length !== 0) continue;
    yield {
      ...at,
      message: `\`${name}\` has no \`identitySource\`, and the default is the header \`Auth\`: clients that send \`Authorization\` are refused`,
      fix: `write \`authorizer: { name: ${name}, identitySource: [route.request.header.Authorization] }\``,
    };
  }
}
