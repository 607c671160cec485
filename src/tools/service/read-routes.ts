import { type JsonObject, objectOf, textsOf } from "../../json.ts";
import type { At } from "../text/place.ts";
import { methodOf } from "./cors.ts";
import { type EventKind, routeOfEvent } from "./event-route.ts";
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
import type { ServicePlaces } from "./service-places.ts";
import type { ServiceFunction, ServiceSource } from "./service-source.ts";

const GATEWAYS: Readonly<Record<EventKind, GatewayKind>> = {
  httpApi: "http",
  http: "rest",
  websocket: "websocket",
};

/** The routes that the events of all functions deploy, and their authorizers. */
export function readRoutes(
  source: ServiceSource,
  places: ServicePlaces,
): Pick<Service, "routes" | "routesComplete" | "authorizers"> {
  const deployed = source.functions.flatMap((definition) =>
    definition.events.flatMap((event) => routesOfEvent(source, definition, event, places)),
  );
  const routes = deployed.map(({ route }) => route);
  return {
    routes,
    routesComplete: routes.length > 0 && !hasRoutesElsewhere(source),
    authorizers: [
      ...readProviderAuthorizers(source, places),
      ...deployed.flatMap(({ settings }) => settings ?? []),
    ],
  };
}

/** The routes of the HTTP API, from function events as serverless.yml has them. */
export function httpRoutesOf(functions: JsonObject): readonly string[] {
  return Object.values(functions)
    .flatMap((definition) => [objectOf(definition)["events"] ?? []].flat())
    .flatMap((event: unknown) => routeOfEvent("httpApi", objectOf(event)["httpApi"]) ?? []);
}

/** The methods that preflights of the HTTP API allow; undefined if it answers none. */
export function readHttpCors({ provider }: ServiceSource, places: ServicePlaces): ServiceCors | undefined {
  const cors = objectOf(provider["httpApi"])["cors"];
  if (cors === undefined || cors === null || cors === false) return undefined;
  const methods = objectOf(cors)["allowedMethods"];
  const listed = typeof methods === "string" ? [methods] : textsOf(methods);
  return {
    methods: listed.length === 0 ? undefined : listed.map(upper),
    at: places.at(["provider", "httpApi", "cors", "allowedMethods"]),
  };
}

/** The methods that a REST event adds to the preflight of its path; undefined without `cors`. */
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
  places: ServicePlaces,
): DeployedRoute[] {
  return (["httpApi", "http", "websocket"] as const).flatMap((kind) => {
    const value = event[kind];
    if (value === undefined || value === null) return [];
    const route = routeOfEvent(kind, value);
    if (route === undefined) return [];
    const place = { gateway: GATEWAYS[kind], route, functionName: definition.name };
    const read = authorizerOf(
      source,
      kind,
      objectOf(value)["authorizer"],
      places.eventAuthorizer(definition.name, kind, route),
    );
    const authorizer: RouteAuthorizer | undefined = read?.authorizer;
    const corsMethods = kind === "http" ? corsMethodsOf(objectOf(value), route) : undefined;
    const cors = corsMethods === undefined ? {} : { corsMethods };
    return [
      {
        route: { ...place, authorizer, ...cors, at: places.event(definition.name, kind, route) },
        settings: read?.settings,
      },
    ];
  });
}

function authorizerOf(
  source: ServiceSource,
  kind: EventKind,
  value: unknown,
  at: At,
): ReadAuthorizer | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  switch (kind) {
    case "httpApi":
      return readHttpAuthorizer(source, value);
    case "http":
      return readRestAuthorizer(source, value, at);
    case "websocket":
      return readWebsocketAuthorizer(source, value, at);
  }
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
