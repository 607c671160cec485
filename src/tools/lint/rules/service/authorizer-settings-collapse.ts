import type { ServiceAuthorizer } from "../../../service/service.ts";
import { foreignAuthorizer } from "../../foreign-authorizer.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** Events that give one authorizer different settings: the framework keeps the last and drops the others. */
export const authorizerSettingsCollapse: Rule = {
  id: "authorizer-settings-collapse",
  category: "service",
  severity: "error",
  ofAuthorizers: true,
  summary: "events share an authorizer's name but not its settings: the last one silently wins",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  const last = new Map<string, ServiceAuthorizer>();
  const events = service.authorizers.filter(({ gateway }) => gateway !== "http");
  for (const authorizer of events) last.set(idOf(authorizer), authorizer);
  const said = new Set<string>();
  for (const authorizer of events) {
    const winner = last.get(idOf(authorizer));
    if (winner === undefined) continue;
    const differing = differences(authorizer, winner);
    const key = `${idOf(authorizer)} ${settingsOf(authorizer)}`;
    if (differing.length === 0 || said.has(key)) continue;
    said.add(key);
    yield {
      ...authorizer.at,
      message: `the settings of \`${authorizer.name}\` are dropped: the event at ${winner.at.file}:${winner.at.line} has another ${differing.join(", ")}, and the last event wins`,
      authorizer: foreignAuthorizer(service, authorizer.name),
      fix: "write the settings once and refer to them from every event, as in `authorizer: &rest ...` and `authorizer: *rest`",
    };
  }
}

/** The framework derives the logical name from the name alone, with the first letter in upper case. */
function idOf({ gateway, name }: ServiceAuthorizer): string {
  return `${gateway} ${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/**
 * The settings in force, in the words of serverless.yml. Defaults are filled in, so that leaving them out is the same.
 */
function effective(authorizer: ServiceAuthorizer): Readonly<Record<string, string>> {
  const { gateway, type, resultTtl, identitySources, identityValidation } = authorizer;
  const cached = gateway === "rest" ? (resultTtl ?? 300) : 0;
  const optional = gateway === "rest" && type === "request" && cached === 0;
  const usual = gateway === "rest" ? "method.request.header.Authorization" : "route.request.header.Auth";
  const sources = identitySources?.length === 0 && !optional ? [usual] : identitySources;
  return {
    type,
    resultTtlInSeconds: String(cached),
    identitySource: sources === undefined ? "" : sources.join(","),
    identityValidationExpression: identityValidation ?? "",
  };
}

function differences(a: ServiceAuthorizer, b: ServiceAuthorizer): string[] {
  const other = effective(b);
  return Object.entries(effective(a))
    .filter(([setting, value]) => other[setting] !== value)
    .map(([setting]) => `\`${setting}\``);
}

function settingsOf(authorizer: ServiceAuthorizer): string {
  return Object.values(effective(authorizer)).join("\n");
}
