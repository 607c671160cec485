import { parsePathRoute, type Segment } from "../../../policy/route.ts";
import { shapeOf } from "../../access/route-shape.ts";
import { covers } from "../templates.ts";

/** A route of the API that the document is about. */
export interface KnownRoute {
  /** As the gateway spells it: `GET /orders/{orderId}`. */
  readonly route: string;
}

/** What the API does with the requests of an operation. */
export type Match =
  /** They are decided on a route of this spelling. */
  | { readonly kind: "route"; readonly route: string }
  /** They reach a route for more paths, which cannot tell them apart. */
  | { readonly kind: "misfit"; readonly reached: string }
  | { readonly kind: "unreached" };

/** Where the requests of an operation arrive. Behind greedy routes and `$default` the policy decides on the path. */
export function matchIn(api: readonly KnownRoute[], route: string): Match {
  const method = route.slice(0, route.indexOf(" "));
  const path = route.slice(method.length + 1);
  const others = api.filter((one) => takesMethod(one.route, method));
  const same = others.find((one) => shapeOf(`GET ${pathOf(one.route)}`) === shapeOf(`GET ${path}`));
  if (same !== undefined) return { kind: "route", route: `${method} ${pathOf(same.route)}` };
  const template = segmentsOf(route);
  const wider = others.filter((one) => one.route !== "$default" && covers(segmentsOf(one.route), template));
  const plain = wider.find((one) => !one.route.endsWith("+}"));
  if (plain !== undefined) return { kind: "misfit", reached: plain.route };
  return wider.length > 0 || api.some((one) => one.route === "$default")
    ? { kind: "route", route }
    : { kind: "unreached" };
}

function takesMethod(route: string, method: string): boolean {
  return (
    route.startsWith("ANY ") || route.startsWith(`${method} `) || (method === "ANY" && route.includes(" "))
  );
}

function pathOf(route: string): string {
  return route.slice(route.indexOf(" ") + 1);
}

function segmentsOf(route: string): readonly Segment[] {
  const parsed = parsePathRoute(route);
  return "route" in parsed ? parsed.route.segments : [];
}
