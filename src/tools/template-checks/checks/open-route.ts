import { decidingMethods } from "../../../policy/route.ts";
import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateContext, TemplateProblem } from "../check.ts";

/** A route that is not decided by the policy, though the policy does not call it public. */
export const openRoute: TemplateCheck = {
  name: "open-route",
  summary: "a route of an API without claimgate's authorizer that the policy does not call public",
  check,
};

function* check(template: Template, { publicRoutes }: TemplateContext): Iterable<TemplateProblem> {
  for (const { route, resource } of gatewayRoutes(template)) {
    const { AuthorizationType: type = "NONE", AuthorizerId: authorizer } = resource.properties;
    if (type === "CUSTOM" && authorizer !== undefined) continue;
    if (type === "NONE" && isPublic(route, publicRoutes)) continue;
    yield {
      resource: resource.id,
      property: type === "CUSTOM" ? "AuthorizerId" : "AuthorizationType",
      message: `\`${route}\` ${because(type)}, and the policy does not call it public`,
      fix: `give the event an \`authorizer\`, or declare \`g2, ${route}, public\``,
    };
  }
}

function because(type: unknown): string {
  if (type === "NONE") return "has no authorizer, so anybody may call it";
  if (type === "CUSTOM") return "names no authorizer";
  return `is decided by ${String(type)} and not by the policy`;
}

function isPublic(route: string, publicRoutes: ReadonlySet<string>): boolean {
  const [, method, template] = /^(\S+) (.*)$/s.exec(route) ?? [];
  if (method === undefined || template === undefined) return publicRoutes.has(route);
  return decidingMethods(method).some((one) => publicRoutes.has(`${one} ${template}`));
}
