import type { Caller } from "../../authorizers/caller.ts";
import type { EmergencyStop } from "../../authorizers/emergency-stop.ts";
import type { Policy } from "../../policy/policy.ts";
import type { VerifiedToken } from "../../token/verified-token.ts";
import type { McpMessage } from "./message.ts";
import type { McpRefused } from "./refusal.ts";

/** The dependencies and options of a guard. */
export interface McpGuardOptions {
  /** The policy in force, called once per message. Use the same policy as the authorizers. */
  readonly policy: () => Policy;
  /** The URL at which clients call the server: the audience of its tokens, e.g. `https://mcp.example.com/mcp`. */
  readonly resource: string;
  /** Where its metadata is; by default where clients look for it (`resourceMetadataUrl`). */
  readonly metadataUrl?: string | undefined;
  /**
   * Verifies the access token of a request that passed no authorizer. The guard then requires the token to name
   * `resource` in `aud`, and answers a bad one with 401 and a challenge. If undefined, the guard trusts only the
   * authorizer's context, and the authorizer must check the audience.
   */
  readonly verify?: ((request: unknown) => Promise<VerifiedToken>) | undefined;
  /**
   * Reads the emergency stop for each message; `emergencyStop` of `claimgate/lambda` does. The authorizer knows no
   * tools, so without it a stopped permission of a tool is not denied. What it throws passes through.
   */
  readonly stop?: (() => Promise<EmergencyStop | undefined>) | undefined;
  /** The scopes that a client without a token should ask for. */
  readonly scopes?: readonly string[] | undefined;
  /** Whether the authorizer must have decided by the same policy. Off by default. */
  readonly strict?: boolean | undefined;
  /** The origins of clients that run in browsers. A request with another `Origin` is refused; none by default. */
  readonly origins?: readonly string[] | undefined;
  /** The longest body, in bytes; 1 MiB by default. */
  readonly maxBytes?: number | undefined;
  /** Epoch seconds; the real clock by default. */
  readonly now?: (() => number) | undefined;
  /** Called with every call that is allowed, before the tool runs: what it throws keeps the tool from running. */
  readonly onCall?: ((call: McpCall) => void) | undefined;
  /** Called with every refusal, e.g. to log it. Never gets a token. */
  readonly onRefusal?: ((refused: McpRefused) => void) | undefined;
}

/** A message that the guard lets through. */
export interface McpCall {
  /** The object that was decided on, parsed once and frozen. Hand it to the server, and not the body. */
  readonly message: McpMessage;
  readonly caller: Caller;
}

/**
 * The server: answers a request with a JSON-RPC response. What it answers to a notification is ignored.
 */
export type McpServe = (call: McpCall) => Promise<unknown>;
