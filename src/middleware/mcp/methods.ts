import type { McpMessage } from "./message.ts";

/** What the guard does with a message. `open` is for every authenticated caller. */
export type MethodKind = "open" | "list" | "call" | "denied";

// Only methods of this table pass, by their exact names: of MCP 2025-03-26 to 2026-07-28, those that read and write
// nothing of the server. Resources, prompts, completion, sampling, logging and tasks have no rows in the policy.
const REQUESTS: ReadonlyMap<string, MethodKind> = new Map([
  ["initialize", "open"],
  ["ping", "open"],
  ["server/discover", "open"],
  ["tools/list", "list"],
  ["tools/call", "call"],
]);
const NOTIFICATIONS: ReadonlySet<string> = new Set([
  "notifications/initialized",
  "notifications/cancelled",
  "notifications/progress",
]);

/** A request has an id and a notification has none: `tools/call` without one would run a tool and answer nothing. */
export function kindOfMethod({ id, method }: McpMessage): MethodKind {
  if (id === undefined) return NOTIFICATIONS.has(method) ? "open" : "denied";
  return REQUESTS.get(method) ?? "denied";
}
