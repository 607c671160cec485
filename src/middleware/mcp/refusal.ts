import type { Caller } from "../../authorizers/caller.ts";
import type { Decision } from "../../policy/decision.ts";
import type { TokenFault } from "../../token/token-fault.ts";
import type { McpId, McpMessage } from "./message.ts";
import type { McpAnswer } from "./resource.ts";

/** Why the guard refuses. */
export type McpRefusal =
  /** The request is not one JSON-RPC message in a POST: its method, type, size, form or mirrored headers. */
  | "request_refused"
  /** The `Origin` is not listed. */
  | "origin_refused"
  /** The guard verifies the token itself, and the token is at fault. */
  | "token_refused"
  /** The event has no authorizer's context, or a damaged one. */
  | "caller_missing"
  /** The token has expired since the authorizer accepted it. */
  | "token_expired"
  /** The authorizer decided by another policy, and `strict` is set. */
  | "policy_version_differs"
  /** An emergency stop covers everything, or the permission of the tool. */
  | "stopped"
  /** The method is not one that the guard knows. */
  | "method_denied"
  /** The policy does not grant the call, or no `g2` row declares the tool. */
  | "tool_denied"
  /** The policy grants it only for a while after a sign-in (`max_age`): signing in again helps. */
  | "sign_in_too_old";

/** A refusal, for the log. */
export interface McpRefused {
  readonly refusal: McpRefusal;
  /** Undefined if the guard refused before reading it. */
  readonly message?: McpMessage | undefined;
  readonly caller?: Caller | undefined;
  /** Of a denied call. */
  readonly decision?: Decision | undefined;
  /** For `token_refused`: the fault of the token. */
  readonly code?: TokenFault | undefined;
}

/** What the client is told. */
export interface RefusalText {
  readonly status: number;
  /** The code of JSON-RPC. */
  readonly code: number;
  readonly message: string;
  readonly id?: McpId | undefined;
  readonly data?: Readonly<Record<string, string | number>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Codes of JSON-RPC errors. MCP wants a server's own outside the range that JSON-RPC reserves, so they are those of
 * HTTP; the last one is MCP's (2026-07-28, "Error Codes").
 */
export const CODES = { unauthorized: 401, forbidden: 403, headerMismatch: -32020 } as const;

/** A refusal is a JSON-RPC error, also where the status says the same. */
export function refusalAnswer({ status, code, message, id, data, headers }: RefusalText): McpAnswer {
  const error = { code, message, ...(data === undefined ? {} : { data }) };
  return {
    statusCode: status,
    headers: { ...JSON_HEADERS, ...headers },
    // Without an id that could be read, the answer has none (MCP, "Error Responses").
    body: JSON.stringify({ jsonrpc: "2.0", id, error }),
  };
}

/** Of every answer with a body. */
export const JSON_HEADERS = { "content-type": "application/json", "cache-control": "no-store" } as const;

/**
 * A challenge (RFC 6750 section 3, RFC 9728 section 5.1). Values are the configuration's own, or scopes of the policy:
 * none has a quotation mark.
 */
export function challenge(
  values: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${value}"`],
  );
  return { "www-authenticate": `Bearer ${parts.join(", ")}` };
}
