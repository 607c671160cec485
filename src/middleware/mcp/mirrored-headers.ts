import { property } from "../../authorizers/event-shape.ts";
import type { HttpRequest } from "./http-request.ts";
import type { McpMessage } from "./message.ts";

/**
 * Whether the headers that repeat parts of the body say the same (MCP 2026-07-28, "Server Validation"): a proxy may
 * have let the request through for what they say. Older clients send none.
 */
export function headersAgree({ header }: HttpRequest, { method, params }: McpMessage): boolean {
  const name = property(params, "name");
  return (
    header("mcp-method").every((value) => value === method) &&
    (method !== "tools/call" || header("mcp-name").every((value) => decodedValue(value) === name))
  );
}

/** A value that no header can carry is in Base64 between `=?base64?` and `?=`. */
function decodedValue(value: string): string {
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(value) ?? [];
  return encoded === undefined ? value : Buffer.from(encoded, "base64").toString("utf8");
}
