import { type JsonObject, objectOf } from "../../../json.ts";
import { routeOfEvent } from "../../service/event-route.ts";
import type { AuthorizerKind } from "./declared-kinds.ts";
import { innerSection, isSection, type Serverless, sectionOf } from "./framework.ts";
import type { Settings } from "./settings.ts";

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
export function declareHttpAuthorizers(serverless: Serverless, settings: Settings): void {
  for (const kind of ["http", "httpPolicy", "httpV1"] as const) {
    const functionName = settings.authorizers.get(kind);
    if (functionName === undefined) continue;
    const httpApi = innerSection(sectionOf(serverless, "provider"), "httpApi", "provider");
    const authorizers = innerSection(httpApi, "authorizers", "provider.httpApi");
    const name = HTTP_NAMES[kind];
    authorizers[name] = { functionName, ...HTTP, ...HTTP_FORMATS[kind], ...objectOf(authorizers[name]) };
  }
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

/** Replaces `authorizer: claimgate` in the events of REST and WebSocket APIs by what it means. */
export function completeEvents(functions: JsonObject, settings: Settings): void {
  for (const [key, definition] of Object.entries(functions)) {
    for (const event of [objectOf(definition)["events"] ?? []].flat()) {
      for (const gateway of ["http", "websocket"] as const) {
        const value: unknown = objectOf(event)[gateway];
        if (isSection(value)) completeEvent(key, gateway, value, settings);
      }
    }
  }
}

function completeEvent(
  functionKey: string,
  gateway: keyof typeof IN_EVENTS,
  event: Record<string, unknown>,
  { authorizers, invalid }: Settings,
): void {
  const { authorizer } = event;
  const written = isSection(authorizer) ? authorizer : { name: authorizer };
  const meaning = new Map<unknown, { kind: AuthorizerKind; settings: JsonObject }>(
    Object.entries(IN_EVENTS[gateway]),
  ).get(written["name"]);
  if (meaning === undefined) return;
  const name = authorizers.get(meaning.kind);
  if (name === undefined) {
    const route = routeOfEvent(gateway, event) ?? "an event";
    throw invalid(
      ["authorizers"],
      `has no \`${meaning.kind}\`, but the event \`${route}\` of function \`${functionKey}\` has \`authorizer: ${String(written["name"])}\``,
      `add \`${meaning.kind}\``,
    );
  }
  event["authorizer"] = { ...meaning.settings, ...written, name };
}
