import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { LanguageServer } from "./language-server.ts";
import type { LspArguments } from "./lsp-arguments.ts";

/**
 * `claimgate lsp`. Serves until the editor says `exit`, closes standard input or ends; vscode-languageserver then ends
 * the process.
 */
export function runLsp(_context: Context, options: LspArguments): Promise<ExitCode> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  new LanguageServer(connection, options).listen();
  return new Promise(() => {});
}
