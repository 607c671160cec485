import { property } from "../../authorizers/event-shape.ts";
import { strictJson } from "./strict-json.ts";

/** The id of a request: a string or an integer, and never null (MCP, "Messages"). */
export type McpId = string | number;

/** One JSON-RPC request or notification, parsed once and frozen: the object that the guard decides on. */
export interface McpMessage {
  readonly jsonrpc: "2.0";
  /** Undefined for a notification. */
  readonly id?: McpId | undefined;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Why a body is not one message. */
export interface MessageFault {
  /** Of JSON-RPC 2.0, section 5.1: -32700 for what is not JSON, -32600 for what is not a request. */
  readonly code: -32700 | -32600;
  /** A clause for the client. */
  readonly message: string;
}

const KEYS: ReadonlySet<string> = new Set(["jsonrpc", "id", "method", "params"]);

/**
 * Reads the body as one request or notification. Batches, which MCP removed in 2025-06-18, are refused as a whole, and
 * so are answers of the client: a server behind a function sends no requests.
 */
export function readMessage(
  body: string,
): { readonly message: McpMessage } | { readonly fault: MessageFault } {
  const parsed = strictJson(body);
  if ("problem" in parsed) {
    return { fault: { code: -32700, message: `the body cannot be read: ${parsed.problem}` } };
  }
  const { value } = parsed;
  const invalid = (message: string) => ({ fault: { code: -32600, message } as const });
  if (Array.isArray(value)) return invalid("batches are not supported");
  if (typeof value !== "object" || value === null) return invalid("the body is not a JSON-RPC message");
  if (!Object.keys(value).every((key) => KEYS.has(key)))
    return invalid("the message has a member that is not of a request");
  if (property(value, "jsonrpc") !== "2.0") return invalid("`jsonrpc` is not `2.0`");
  if (typeof property(value, "method") !== "string") return invalid("`method` is not a string");
  if (Object.hasOwn(value, "id") && !isId(property(value, "id")))
    return invalid("`id` is neither a string nor an integer");
  if (Object.hasOwn(value, "params") && !isObject(property(value, "params")))
    return invalid("`params` is not an object");
  return { message: value as McpMessage };
}

function isId(value: unknown): value is McpId {
  return typeof value === "string" || Number.isSafeInteger(value);
}

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
