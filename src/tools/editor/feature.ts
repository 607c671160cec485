import type { CancellationToken, RequestType, ServerCapabilities } from "vscode-languageserver";
import type { Workspace } from "./workspace.ts";

/** How one request is answered. */
export interface Feature {
  readonly method: string;
  /** What the server announces because of it. */
  readonly capabilities: Partial<ServerCapabilities>;
  readonly answer: (workspace: Workspace, params: never, token: CancellationToken) => unknown;
}

/**
 * A feature: a pure function of the workspace and the parameters of a request. It may throw: the client gets an
 * error, and the server goes on.
 *
 * @param kind as vscode-languageserver declares it: `HoverRequest.type`
 * @param capabilities what the server announces because of it
 */
export function feature<P, R>(
  kind: RequestType<P, R, void>,
  capabilities: Partial<ServerCapabilities>,
  answer: (workspace: Workspace, params: P, token: CancellationToken) => R | Promise<R>,
): Feature {
  return { method: kind.method, capabilities, answer };
}
