import { objectOf, textOf } from "../../json.ts";

/** The key of an event in serverless.yml. */
export type EventKind = "httpApi" | "http" | "websocket";

/** The route that an event deploys, as the policy spells it; undefined where the event names none. */
export function routeOfEvent(kind: EventKind, value: unknown): string | undefined {
  return kind === "websocket" ? websocketRoute(value) : pathRoute(value);
}

/** `GET /x`, `get x`, `*` or `{ method, path }`. */
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

/** `$connect` or `{ route }`. */
function websocketRoute(value: unknown): string | undefined {
  return textOf(value) ?? textOf(objectOf(value)["route"]);
}
