import { gatewayRoutes } from "../../cloudformation/gateway-routes.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A route that API Gateway itself decides (JWT, user pools, IAM), without the policy. */
export const routeDecidedElsewhere: TemplateCheck = { id: "route-decided-elsewhere", check };

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { route, resource } of gatewayRoutes(template)) {
    const { AuthorizationType: type = "NONE" } = resource.properties;
    if (type === "NONE" || type === "CUSTOM") continue;
    yield {
      resource: resource.id,
      property: "AuthorizationType",
      message: `\`${route}\` is decided by ${String(type)}, not by the policy`,
      fix: "give the event the `authorizer` of claimgate",
    };
  }
}
