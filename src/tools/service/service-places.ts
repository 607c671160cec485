import type { At } from "../text/place.ts";
import { type EventKind, routeOfEvent } from "./event-route.ts";
import { type ReadIncluded, type Written, type WrittenPart, WrittenService } from "./written-service.ts";

/** Where the parts of a service are written: in serverless.yml or in a file that it includes. */
export interface ServicePlaces {
  /** The last name of a path of names from the top, or the last one that is written. */
  readonly at: (path: readonly string[]) => At;
  /** The event of a function that deploys a route; the function's `events` if no written event does. */
  readonly event: (functionName: string, kind: EventKind, route: string) => At;
  /** The `authorizer` of that event; the event itself if it has none. */
  readonly eventAuthorizer: (functionName: string, kind: EventKind, route: string) => At;
}

/**
 * @param file the path in places: `serverless.yml`
 * @param text the text of that file
 */
export function servicePlaces(file: string, text: string, readIncluded: ReadIncluded): ServicePlaces {
  const service = new WrittenService(file, text, readIncluded);
  const eventsOf = (functionName: string) => service.along(["functions", functionName, "events"]);
  const eventOf = (functionName: string, kind: EventKind, route: string) => {
    const { value, left } = eventsOf(functionName);
    return value && left === 0 ? findEvent(service, service.items(value), kind, route) : undefined;
  };
  return {
    at: (path) => service.along(path).at,
    event: (functionName, kind, route) => eventOf(functionName, kind, route)?.at ?? eventsOf(functionName).at,
    eventAuthorizer: (functionName, kind, route) => {
      const event = eventOf(functionName, kind, route);
      if (event === undefined) return eventsOf(functionName).at;
      return service.part(event.value, "authorizer")?.at ?? event.at;
    },
  };
}

/** The written event that deploys the route, otherwise the first that may, through a variable in its route. */
function findEvent(
  service: WrittenService,
  events: readonly Written[],
  kind: EventKind,
  route: string,
): WrittenPart | undefined {
  const ofKind = events.flatMap((event) => service.part(event, kind) ?? []);
  const written = ofKind.map((event) => ({ event, route: writtenRoute(service, event.value, kind) }));
  const found = written.find((one) => one.route === route) ?? written.find((one) => mayBe(one.route, route));
  return found?.event;
}

/** Placeholder for a variable. */
const ANYTHING = "\uFFFF";

function writtenRoute(service: WrittenService, event: Written, kind: EventKind): string {
  const scalar = (value: Written | undefined) => {
    const known = value && service.scalar(value);
    return typeof known === "string" ? withoutVariables(known) : undefined;
  };
  const whole = scalar(event);
  if (whole === ANYTHING) return ANYTHING;
  const member = (name: string) => scalar(service.part(event, name)?.value);
  const members = { method: member("method"), path: member("path"), route: member("route") };
  return routeOfEvent(kind, whole ?? members) ?? "";
}

/** A variable may contain others: `${param:path, ${self:custom.path}}`. */
function withoutVariables(text: string): string {
  const inner = text.replace(/\$\{[^{}]*\}/g, ANYTHING);
  return inner === text ? text : withoutVariables(inner);
}

function mayBe(written: string, route: string): boolean {
  if (!written.includes(ANYTHING)) return false;
  const parts = written.split(ANYTHING).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(route);
}
