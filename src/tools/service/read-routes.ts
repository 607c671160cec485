import { type JsonObject, objectOf, textsOf } from "../../json.ts";
import { methodOf } from "./cors.ts";
import { type ReadAuthorizer, readHttpAuthorizer, readProviderAuthorizers } from "./read-http-authorizer.ts";
import { readRestAuthorizer } from "./read-rest-authorizer.ts";
import { readWebsocketAuthorizer } from "./read-websocket-authorizer.ts";
import type {
  GatewayKind,
  RouteAuthorizer,
  Service,
  ServiceAuthorizer,
  ServiceCors,
  ServiceRoute,
} from "./service.ts";
import type { ServiceFunction, ServiceSource } from "./service-source.ts";
import type { EventKind, YamlLines } from "./yaml-lines.ts";

const GATEWAYS: Readonly<Record<EventKind, GatewayKind>> = {
  httpApi: "http",
  http: "rest",
  websocket: "websocket",
};

/** The routes that the events of all functions deploy, and the authorizers before them. */
export function readRoutes(
  source: ServiceSource,
  lines: YamlLines,
): Pick<Service, "routes" | "routesComplete" | "authorizers"> {
  const deployed = source.functions.flatMap((definition) =>
    definition.events.flatMap((event) => routesOfEvent(source, definition, event, lines)),
  );
  const routes = deployed.map(({ route }) => route);
  return {
    routes,
    routesComplete: routes.length > 0 && !hasRoutesElsewhere(source),
    authorizers: [
      ...readProviderAuthorizers(source, lines),
      ...deployed.flatMap(({ settings }) => settings ?? []),
    ],
  };
}

/** The routes of the HTTP API, by the events of functions as serverless.yml has them. */
export function httpRoutesOf(functions: JsonObject): readonly string[] {
  return Object.values(functions)
    .flatMap((definition) => [objectOf(definition)["events"] ?? []].flat())
    .flatMap((event: unknown) => pathRoute(objectOf(event)["httpApi"]) ?? []);
}

/** What preflights of the HTTP API allow; undefined where it answers none. */
export function readHttpCors({ provider }: ServiceSource, lines: YamlLines): ServiceCors | undefined {
  const cors = objectOf(provider["httpApi"])["cors"];
  if (cors === undefined || cors === null || cors === false) return undefined;
  const methods = objectOf(cors)["allowedMethods"];
  const listed = typeof methods === "string" ? [methods] : textsOf(methods);
  return { methods: listed.length === 0 ? undefined : listed.map(upper), line: lines.allowedMethods };
}

/** The methods that a REST event adds to the preflight of its path; undefined where it has no `cors`. */
function corsMethodsOf(event: JsonObject, route: string): readonly string[] | undefined {
  const { cors } = event;
  if (cors === undefined || cors === null || cors === false) return undefined;
  return [...textsOf(objectOf(cors)["methods"]), methodOf(route)].map(upper);
}

const upper = (method: string) => method.toUpperCase();

interface DeployedRoute {
  readonly route: ServiceRoute;
  readonly settings: ServiceAuthorizer | undefined;
}

function routesOfEvent(
  source: ServiceSource,
  definition: ServiceFunction,
  event: JsonObject,
  lines: YamlLines,
): DeployedRoute[] {
  return (["httpApi", "http", "websocket"] as const).flatMap((kind) => {
    const value = event[kind];
    if (value === undefined || value === null) return [];
    const route = kind === "websocket" ? websocketRoute(value) : pathRoute(value);
    if (route === undefined) return [];
    const place = { gateway: GATEWAYS[kind], route, functionName: definition.name };
    const read = authorizerOf(
      source,
      kind,
      objectOf(value)["authorizer"],
      lines.eventAuthorizer(kind, route),
    );
    const authorizer: RouteAuthorizer | undefined = read?.authorizer;
    const corsMethods = kind === "http" ? corsMethodsOf(objectOf(value), route) : undefined;
    const cors = corsMethods === undefined ? {} : { corsMethods };
    return [
      { route: { ...place, authorizer, ...cors, line: lines.event(kind, route) }, settings: read?.settings },
    ];
  });
}

function authorizerOf(
  source: ServiceSource,
  kind: EventKind,
  value: unknown,
  line: number,
): ReadAuthorizer | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  switch (kind) {
    case "httpApi":
      return readHttpAuthorizer(source, value);
    case "http":
      return readRestAuthorizer(source, value, line);
    case "websocket":
      return readWebsocketAuthorizer(source, value, line);
  }
}

/** `GET /x`, `get x`, `*` or `{ method, path }` as the policy spells it; undefined for what is none of these. */
function pathRoute(value: unknown): string | undefined {
  const { method, path } = typeof value === "string" ? partsOf(value) : objectOf(value);
  if (typeof path !== "string") return undefined;
  if (path === "*") return "$default";
  if (typeof method !== "string") return undefined;
  const spelled = method === "*" ? "ANY" : method.toUpperCase();
  return `${spelled} /${path.replace(/^\//, "").replace(/\/$/, "")}`;
}

function partsOf(text: string): { readonly method?: string; readonly path?: string } {
  const [first, second] = text.trim().split(/\s+/);
  if (first === undefined) return {};
  return second === undefined ? { path: first } : { method: first, path: second };
}

function websocketRoute(value: unknown): string | undefined {
  const route: unknown = typeof value === "string" ? value : objectOf(value)["route"];
  return typeof route === "string" ? route : undefined;
}

/** An API of another stack may have more routes, and so may CloudFormation resources of this one. */
function hasRoutesElsewhere({ provider, resources }: ServiceSource): boolean {
  const { restApiId, websocketApiId } = objectOf(provider["apiGateway"]);
  const foreign = [
    objectOf(provider["httpApi"])["id"],
    restApiId,
    websocketApiId,
    provider["websocketApiId"],
  ];
  return (
    foreign.some((id) => id !== undefined) ||
    [...resources.values()].some(({ type }) =>
      [
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGateway::Method",
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGateway::RestApi",
      ].includes(type),
    )
  );
}
