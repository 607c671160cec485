import type { ServiceAuthorizer } from "../../../service/service.ts";
import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** An authorizer without a cache setting, so that AWS caches its answers. */
export const cacheLeftToDefault: Rule = {
  id: "cache-left-to-default",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "an authorizer has no `resultTtlInSeconds`, so AWS caches its answers by default",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const said = new Set<string>();
  for (const authorizer of service.authorizers) {
    const { gateway, name, resultTtl, at } = authorizer;
    if (resultTtl !== undefined || gateway === "websocket" || hasNoKey(authorizer)) continue;
    const key = `${gateway} ${name} ${authorizer.stringForm}`;
    if (said.has(key)) continue;
    said.add(key);
    yield {
      ...at,
      message: messageOf(authorizer),
      fix: fixOf(authorizer),
      authorizer: foreignAuthorizer(service, name),
    };
  }
}

/** An HTTP API without identity sources has no cache key. */
function hasNoKey({ gateway, identitySources }: ServiceAuthorizer): boolean {
  return gateway === "http" && (identitySources === undefined || identitySources.length === 0);
}

function messageOf({ gateway, name, stringForm }: ServiceAuthorizer): string {
  if (gateway === "http") {
    return `\`${name}\` has no \`resultTtlInSeconds\`, and AWS does not document the default for HTTP APIs`;
  }
  const written = stringForm ? "is written as a plain string" : "has no `resultTtlInSeconds`";
  return `\`${name}\` ${written}, so its answers are cached for 300 s and reused for other requests`;
}

function fixOf({ name, stringForm }: ServiceAuthorizer): string {
  const settings = "{ name: NAME, type: request, resultTtlInSeconds: 0 }".replace("NAME", name);
  return stringForm ? `write \`authorizer: ${settings}\`` : "set `resultTtlInSeconds: 0`";
}
