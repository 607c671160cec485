import { type JsonObject, objectOf, textOf } from "../../json.ts";
import type { Parameters } from "./parameters.ts";

/** The parts of a service that belong to an API. */
interface ApiSource {
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/** Event of the framework -> the parameter that enables its API. */
const APIS = { httpApi: "httpApi", http: "restApi", websocket: "websocketApi" } as const;

/** Functions with a parameter of their own name. Without it they are removed, and so are the routes that ask them. */
const SWITCHED = [
  "restTokenAuthorizer",
  "httpV1Authorizer",
  "httpPolicyAuthorizer",
  "appSyncAuthorizer",
] as const;

/** Kept by `sharedAuthorizers` for APIs of other stacks, which name them by ARN. */
const SHARED = ["httpAuthorizer", "restAuthorizer"] as const;

/** The parameters that a local command enables: even features that are not deployed can be tried locally. */
export const LOCAL_SWITCHES: readonly string[] = [...SWITCHED, "websocketApi"];

/** The parameters that add one authorizer each; with all of them off no function asks the policy. */
export const ASKING_SWITCHES: readonly string[] = [...Object.values(APIS), "sharedAuthorizers", ...SWITCHED];

/**
 * The service without the APIs and authorizers that a stage does not have. It removes their events, the functions that
 * only they called, and the authorizers that the stage does not use.
 */
export function selectApis(source: ApiSource, parameters: Parameters): ApiSource {
  const isOn = (name: string) => parameters.get(name) === "true";
  const switchedOff = new Set<string>(SWITCHED.filter((name) => !isOn(name)));
  const provider = isOn("httpApi") ? source.provider : without(source.provider, "httpApi");
  const reduced = Object.entries(source.functions)
    .filter(([name]) => !switchedOff.has(name))
    .map(([name, definition]) => [name, withoutEvents(objectOf(definition), isOn, switchedOff)] as const);
  const authorizers = authorizersOf(source);
  const asked = authorizersOf({ functions: Object.fromEntries(reduced), provider });
  const wanted = new Set<string>([...asked, ...SWITCHED, ...(isOn("sharedAuthorizers") ? SHARED : [])]);
  const kept = reduced.filter(([name, definition]) => {
    const uncalled =
      eventsOf(definition).length === 0 && eventsOf(objectOf(source.functions[name])).length > 0;
    return !uncalled && (wanted.has(name) || !authorizers.has(name));
  });
  return { functions: Object.fromEntries(kept), provider };
}

function withoutEvents(
  definition: JsonObject,
  isOn: (name: string) => boolean,
  switchedOff: ReadonlySet<string>,
): JsonObject {
  if (definition["events"] === undefined) return definition;
  const events = eventsOf(definition).filter((event) =>
    Object.entries(APIS).every(([kind, parameter]) => {
      if (event[kind] === undefined) return true;
      return isOn(parameter) && !switchedOff.has(authorizerOf(event[kind]) ?? "");
    }),
  );
  return { ...definition, events };
}

/** The authorizer functions that the APIs of this service ask. */
function authorizersOf({ functions, provider }: ApiSource): ReadonlySet<string> {
  const ofHttp = Object.values(objectOf(objectOf(provider["httpApi"])["authorizers"]));
  const ofEvents = Object.values(functions)
    .flatMap((definition) => eventsOf(objectOf(definition)))
    .flatMap((event) => [authorizerOf(event["http"]), authorizerOf(event["websocket"])]);
  const names = [...ofHttp.map((authorizer) => textOf(objectOf(authorizer)["functionName"])), ...ofEvents];
  return new Set(names.filter((name) => name !== undefined && Object.hasOwn(functions, name)) as string[]);
}

/** The function that an event of a REST or WebSocket API asks; for an HTTP API the name of an authorizer. */
function authorizerOf(event: unknown): string | undefined {
  const authorizer = objectOf(event)["authorizer"];
  return textOf(authorizer) ?? textOf(objectOf(authorizer)["name"]);
}

function eventsOf(definition: JsonObject): readonly JsonObject[] {
  const events: unknown = definition["events"];
  return Array.isArray(events) ? events.map(objectOf) : [];
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
