import { likelyFix } from "../../../../policy/finding.ts";
import { isSpecialRoute } from "../../../../policy/route.ts";
import type { Service } from "../../../service/service.ts";
import { respelled } from "../../fixes/edits.ts";
import { likelyNames } from "../../names/likely-names.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { declaredRoutes, mayDecide } from "../../service-routes.ts";

/** A route of the policy that is not deployed: its rows open nothing. */
export const routeNotDeployed: Rule = {
  id: "route-not-deployed",
  category: "service",
  severity: "warning",
  summary: "no event of serverless.yml deploys a route of the policy",
  check,
};

function* check(subject: LintSubject): Iterable<Problem> {
  const { rows, service } = subject;
  const likely = likelyNames(subject);
  if (service === undefined || !service.routesComplete) return;
  const declared = declaredRoutes(rows);
  const unknown = service.routes.filter(
    (route) => ![...declared.keys()].some((name) => mayDecide(route, name)),
  );
  for (const [name, routeRows] of declared) {
    const [row] = routeRows;
    if (row === undefined || !couldBeDeployed(name, service)) continue;
    if (service.routes.some((route) => mayDecide(route, name))) continue;
    const meant = likely.name(
      name,
      unknown.map(({ route }) => route),
    );
    yield {
      ...atField(row, 0),
      message: `${service.file} does not deploy the route \`${name}\``,
      ...likelyFix(
        meant === undefined
          ? []
          : [
              respelled(
                meant,
                routeRows.map((one) => [one, 0] as const),
              ),
            ],
        "remove the row, or add the event",
      ),
    };
  }
}

/** AppSync fields are not function events, and an API that the service does not have belongs to another service. */
function couldBeDeployed(route: string, { routes }: Service): boolean {
  const has = (...gateways: readonly string[]) => routes.some(({ gateway }) => gateways.includes(gateway));
  if (route === "$default") return has("http", "websocket");
  return isSpecialRoute(route) ? route.startsWith("$") && has("websocket") : has("http", "rest");
}
