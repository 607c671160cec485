import type { Service, ServiceRoute } from "./service.ts";

/** Whether the route's authorizer receives no route and looks it up by the path: type TOKEN, on a REST API. */
export function isDecidedByPath(service: Service, { gateway, authorizer }: ServiceRoute): boolean {
  return service.authorizers.some(
    (one) =>
      gateway === "rest" && one.gateway === "rest" && one.type === "token" && one.name === authorizer?.name,
  );
}
