import { type JsonObject, objectOf, textOf } from "../../json.ts";

/** Which APIs a stage has: parameters `httpApi`, `restApi` and `sharedAuthorizers`. */
export interface ApiChoice {
  readonly http: boolean;
  readonly rest: boolean;
  /** The authorizers stay without an API of this stack: APIs of other stacks name them by ARN. */
  readonly shared: boolean;
}

/** What of a service an API is made of. */
interface ApiSource {
  readonly functions: JsonObject;
  readonly provider: JsonObject;
}

/**
 * The service without the APIs that a stage does not have: their events go, the functions that only they called,
 * and the authorizers that only they asked.
 */
export function selectApis(source: ApiSource, choice: ApiChoice): ApiSource {
  const provider = choice.http ? source.provider : without(source.provider, "httpApi");
  const reduced = Object.entries(source.functions).map(
    ([name, definition]) => [name, withoutEvents(objectOf(definition), choice)] as const,
  );
  const asked = authorizersOf({ functions: Object.fromEntries(reduced), provider });
  const unasked = [...authorizersOf(source)].filter((name) => !choice.shared && !asked.has(name));
  const kept = reduced.filter(([name, definition]) => {
    const uncalled =
      eventsOf(definition).length === 0 && eventsOf(objectOf(source.functions[name])).length > 0;
    return !uncalled && !unasked.includes(name);
  });
  return { functions: Object.fromEntries(kept), provider };
}

function withoutEvents(definition: JsonObject, { http, rest }: ApiChoice): JsonObject {
  if (definition["events"] === undefined) return definition;
  const events = eventsOf(definition).filter(
    (event) => (http || event["httpApi"] === undefined) && (rest || event["http"] === undefined),
  );
  return { ...definition, events };
}

/** The functions of this service that its APIs ask. */
function authorizersOf({ functions, provider }: ApiSource): ReadonlySet<string> {
  const ofHttp = Object.values(objectOf(objectOf(provider["httpApi"])["authorizers"]));
  const ofRest = Object.values(functions)
    .flatMap((definition) => eventsOf(objectOf(definition)))
    .map((event) => objectOf(event["http"])["authorizer"]);
  const names = [
    ...ofHttp.map((authorizer) => objectOf(authorizer)["functionName"]),
    ...ofRest.map((authorizer) => textOf(authorizer) ?? objectOf(authorizer)["name"]),
  ];
  return new Set(
    names.filter((name): name is string => typeof name === "string" && Object.hasOwn(functions, name)),
  );
}

function eventsOf(definition: JsonObject): readonly JsonObject[] {
  const events: unknown = definition["events"];
  return Array.isArray(events) ? events.map(objectOf) : [];
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
