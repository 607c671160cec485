import { methodsBlocked } from "../../../service/cors.ts";
import type { Service, ServiceRoute } from "../../../service/service.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/** A route whose method no preflight allows: browsers of another origin do not send the request. */
export const corsMethodMissing: Rule = {
  id: "cors-method-missing",
  category: "service",
  severity: "warning",
  summary: "the preflights of an API do not allow the method of a route, so browsers cannot call it",
  check,
};

function* check({ service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  yield* onHttpApi(service);
  yield* onRestApi(service);
}

function* onHttpApi(service: Service): Iterable<Problem> {
  const { methods, at } = service.httpCors ?? {};
  if (methods === undefined || at === undefined) return;
  for (const { gateway, route } of service.routes) {
    const blocked = gateway === "http" ? methodsBlocked(route, methods) : [];
    if (blocked.length === 0) continue;
    yield {
      ...at,
      message: `preflights of the HTTP API do not allow ${listed(blocked)}, so no browser may call \`${route}\``,
      fix: "remove `allowedMethods`, which defaults to the methods of the routes, or add the missing ones",
    };
  }
}

/** The preflight of a REST API's path allows the methods of those events of the path that have `cors`. */
function* onRestApi(service: Service): Iterable<Problem> {
  const rest = service.routes.filter(({ gateway }) => gateway === "rest");
  for (const route of rest) {
    const siblings = rest.filter((other) => pathOf(other) === pathOf(route));
    const allowed = siblings.flatMap(({ corsMethods }) => corsMethods ?? []);
    const blocked = allowed.length === 0 ? [] : methodsBlocked(route.route, allowed);
    if (blocked.length === 0) continue;
    yield {
      ...route.at,
      message: `the preflight of its path does not allow ${listed(blocked)}, so no browser may call \`${route.route}\``,
      fix: "give the event the `cors` of the other events of the path",
    };
  }
}

function pathOf({ route }: ServiceRoute): string {
  return route.slice(route.indexOf(" ") + 1);
}

function listed(methods: readonly string[]): string {
  return methods.map((method) => `\`${method}\``).join(", ");
}
