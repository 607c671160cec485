import { decidingMethods } from "../../../policy/route.ts";
import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateContext, TemplateProblem } from "../template-check.ts";

/** A route that anyone may call although the policy does not declare it public. */
export const routeWithoutAuthorizer: TemplateCheck = { id: "route-without-authorizer", check };

function* check(template: Template, { publicRoutes }: TemplateContext): Iterable<TemplateProblem> {
  for (const { route, resource } of gatewayRoutes(template)) {
    const { AuthorizationType: type = "NONE", AuthorizerId: authorizer } = resource.properties;
    const unnamed = type === "CUSTOM" && authorizer === undefined;
    if (!unnamed && (type !== "NONE" || isPublic(route, publicRoutes))) continue;
    const because = unnamed ? "names no authorizer" : "has no authorizer, so anyone may call it";
    yield {
      resource: resource.id,
      property: unnamed ? "AuthorizerId" : "AuthorizationType",
      message: `\`${route}\` ${because}, and it is not \`public\` in the policy`,
      fix: `give the event an \`authorizer\`, or declare \`g2, ${route}, public\``,
    };
  }
}

function isPublic(route: string, publicRoutes: ReadonlySet<string>): boolean {
  const [, method, template] = /^(\S+) (.*)$/s.exec(route) ?? [];
  if (method === undefined || template === undefined) return publicRoutes.has(route);
  return decidingMethods(method).some((one) => publicRoutes.has(`${one} ${template}`));
}
