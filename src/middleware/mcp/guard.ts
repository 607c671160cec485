import type { ToolName } from "../../policy/names.ts";
import { checkTools } from "./check-tools.ts";
import { Exchange } from "./exchange.ts";
import type { McpGuardOptions, McpServe } from "./guard-options.ts";
import { type HttpRequest, requestOfEvent, requestOfWeb } from "./http-request.ts";
import { checkResource, type McpAnswer } from "./resource.ts";

/** A literal must be a tool of the policy; a list that the program made is compared only when it runs. */
type KnownTool<Name extends string> = string extends Name ? string : ToolName;

/** Guards an MCP server: see {@link createMcpGuard}. */
export interface McpGuard {
  /**
   * Compares the tools of the server with the policy, once, while the function starts.
   *
   * @throws ConfigurationError that names every tool without a row and every row without a tool
   */
  check<Tool extends string, Elsewhere extends string>(
    tools: readonly (Tool & KnownTool<Tool>)[],
    elsewhere?: readonly (Elsewhere & KnownTool<Elsewhere>)[],
  ): void;
  /** Answers an event of an HTTP API, a REST API or a function URL. */
  handle(event: unknown, serve: McpServe): Promise<McpAnswer>;
  /**
   * Answers a web-standard request.
   *
   * @param event has the authorizer's context, unless the guard verifies the token itself
   */
  fetch(request: Request, serve: McpServe, event?: unknown): Promise<Response>;
}

const MEBIBYTE = 1_048_576;

/**
 * A guard for an MCP server over streamable HTTP. `tools/call` is decided on the route `Tool.NAME` of the policy, with
 * the arguments as parameters; `tools/list` shows the tools that some arguments could open. `initialize`, `ping`,
 * `server/discover` and the notifications of the protocol are open to an authenticated caller. Every other method is
 * denied, and so are batches and tools without a `g2` row.
 *
 * Errors other than a bad token pass through, as those of `serve` do: they are no denials.
 *
 * @throws ConfigurationError for a `resource` that clients spell otherwise
 *
 * @example
 * import { currentPolicy } from "claimgate/lambda";
 * import { createMcpGuard } from "claimgate/mcp";
 *
 * const guard = createMcpGuard({ policy: currentPolicy, resource: "https://mcp.example.com/mcp" });
 * guard.check(["getOrder", "refundOrder"]);
 *
 * export const handler = (event: unknown) =>
 *   guard.handle(event, ({ message }) => Promise.resolve({ jsonrpc: "2.0", id: message.id, result: {} }));
 */
export function createMcpGuard(options: McpGuardOptions): McpGuard {
  checkResource(options.resource);
  const maxBytes = options.maxBytes ?? MEBIBYTE;
  const answer = (request: HttpRequest, source: unknown, serve: McpServe) =>
    new Exchange(options, request, source).answer(serve);
  return {
    check: (tools, elsewhere = []) => {
      checkTools(options.policy(), tools, elsewhere);
    },
    handle: (event, serve) => answer(requestOfEvent(event, maxBytes), event, serve),
    fetch: async (request, serve, event = request) => {
      const { statusCode, headers, body } = await answer(requestOfWeb(request, maxBytes), event, serve);
      return new Response(body === "" ? null : body, { status: statusCode, headers });
    },
  };
}
