import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { hasTokenCookie } from "../../service/cache-key.ts";
import { routeOfEvent } from "../../service/event-route.ts";
import type { AuthorizerKind } from "./declared-kinds.ts";
import { innerSection, isSection, type Serverless, sectionOf } from "./framework.ts";
import type { Settings } from "./settings.ts";
import type { SettingError } from "./written-settings.ts";

/** The names of the authorizers of an HTTP API, as events write them. */
const HTTP_NAMES = { http: "claimgate", httpPolicy: "claimgatePolicy", httpV1: "claimgateV1" } as const;

/** No cache: a cached answer would be reused for other paths of the same route. */
const HTTP = {
  type: "request",
  identitySource: "$request.header.Authorization",
  resultTtlInSeconds: 0,
} as const;

const HTTP_FORMATS = {
  http: { payloadVersion: "2.0", enableSimpleResponses: true },
  httpPolicy: { payloadVersion: "2.0", enableSimpleResponses: false },
  httpV1: { payloadVersion: "1.0", enableSimpleResponses: false },
} as const;

/**
 * Adds the authorizers of HTTP APIs to `provider.httpApi`. What the service says of one of them stays.
 *
 * Must run in the constructor of the plugin: the framework validates the section before any hook.
 */
export function declareHttpAuthorizers(serverless: Serverless, declared: Settings): void {
  for (const kind of ["http", "httpPolicy", "httpV1"] as const) {
    const functionName = declared.authorizers.get(kind);
    if (functionName === undefined) continue;
    const httpApi = innerSection(sectionOf(serverless, "provider"), "httpApi", "provider");
    const authorizers = innerSection(httpApi, "authorizers", "provider.httpApi");
    const name = HTTP_NAMES[kind];
    const settings = takesCookie(serverless.service, functionName) ? withoutSource(HTTP) : HTTP;
    authorizers[name] = { functionName, ...settings, ...HTTP_FORMATS[kind], ...objectOf(authorizers[name]) };
  }
}

/** Whether a function takes the token from a cookie too: then no request may need the header. */
function takesCookie({ provider, functions }: Serverless["service"], name: string): boolean {
  const own = objectOf(objectOf(objectOf(functions)[name])["environment"]);
  return hasTokenCookie({ ...objectOf(provider["environment"]), ...own });
}

function withoutSource({ identitySource: _header, ...settings }: JsonObject): JsonObject {
  return settings;
}

/** What `authorizer: claimgate` means in an event that has no section for its authorizers. */
const IN_EVENTS = {
  http: {
    claimgate: {
      kind: "rest",
      settings: {
        type: "request",
        identitySource: "method.request.header.Authorization",
        resultTtlInSeconds: 0,
      },
    },
    claimgateToken: {
      kind: "restToken",
      settings: {
        type: "token",
        identitySource: "method.request.header.Authorization",
        identityValidationExpression: "^[Bb][Ee][Aa][Rr][Ee][Rr] +[A-Za-z0-9._-]+$",
        resultTtlInSeconds: 0,
      },
    },
  },
  websocket: {
    claimgate: {
      kind: "websocket",
      settings: { identitySource: ["route.request.header.Sec-WebSocket-Protocol"] },
    },
  },
} as const satisfies Record<string, Record<string, { kind: AuthorizerKind; settings: JsonObject }>>;

/**
 * Replaces `authorizer: claimgate` in the events of REST and WebSocket APIs by what it means.
 *
 * @throws SettingError for an event whose kind of authorizer is not declared
 */
export function completeEvents(service: Serverless["service"], settings: Settings): void {
  const { authorizers } = objectOf(service.provider["httpApi"]);
  const declared = Object.keys(objectOf(authorizers));
  for (const [key, definition] of Object.entries(objectOf(service["functions"]))) {
    for (const event of [objectOf(definition)["events"] ?? []].flat()) {
      requireHttpAuthorizer(key, objectOf(event)["httpApi"], declared, settings);
      for (const gateway of ["http", "websocket"] as const) {
        const value: unknown = objectOf(event)[gateway];
        if (isSection(value)) completeEvent(key, gateway, value, settings, service);
      }
    }
  }
}

function requireHttpAuthorizer(
  functionKey: string,
  event: unknown,
  declared: readonly string[],
  settings: Settings,
): void {
  const { authorizer } = objectOf(event);
  const name = textOf(authorizer) ?? textOf(objectOf(authorizer)["name"]);
  for (const kind of ["http", "httpPolicy", "httpV1"] as const) {
    if (name !== HTTP_NAMES[kind] || declared.includes(name)) continue;
    throw notDeclared(settings, kind, { functionKey, route: routeOfEvent("httpApi", event), name });
  }
}

interface NamingEvent {
  readonly functionKey: string;
  readonly route: string | undefined;
  readonly name: string;
}

function notDeclared(
  { invalid }: Settings,
  kind: AuthorizerKind,
  { functionKey, route, name }: NamingEvent,
): SettingError {
  const event = `the event \`${route ?? "?"}\` of function \`${functionKey}\``;
  return invalid(
    ["authorizers"],
    `has no \`${kind}\`, but ${event} has \`authorizer: ${name}\``,
    `add \`${kind}\``,
  );
}

function completeEvent(
  functionKey: string,
  gateway: keyof typeof IN_EVENTS,
  event: Record<string, unknown>,
  settings: Settings,
  service: Serverless["service"],
): void {
  const { authorizer } = event;
  const written = isSection(authorizer) ? authorizer : { name: authorizer };
  const meaning = new Map<unknown, { kind: AuthorizerKind; settings: JsonObject }>(
    Object.entries(IN_EVENTS[gateway]),
  ).get(written["name"]);
  if (meaning === undefined) return;
  const name = settings.authorizers.get(meaning.kind);
  if (name === undefined) {
    const route = routeOfEvent(gateway, event);
    throw notDeclared(settings, meaning.kind, { functionKey, route, name: String(written["name"]) });
  }
  const readsCookie = meaning.kind === "rest" && takesCookie(service, name);
  event["authorizer"] = {
    ...(readsCookie ? withoutSource(meaning.settings) : meaning.settings),
    ...written,
    name,
  };
}
