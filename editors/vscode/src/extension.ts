import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import { findServer, type ServerCommand } from "./find-server.ts";
import { type LensList, showList } from "./lens-list.ts";
import { policyTests } from "./policy-tests.ts";

let running: { readonly client: LanguageClient; readonly tests: vscode.Disposable } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("claimgate", { log: true });
  const restart = async () => {
    await deactivate();
    await start(output);
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("claimgate.restart", restart),
    vscode.workspace.onDidChangeWorkspaceFolders(restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      ["claimgate.path", "claimgate.decisionLog"].some((name) => event.affectsConfiguration(name))
        ? restart()
        : undefined,
    ),
  );
  await start(output);
}

export async function deactivate(): Promise<void> {
  const stopping = running;
  running = undefined;
  stopping?.tests.dispose();
  await stopping?.client.dispose();
}

/** One server for the whole workspace: the claimgate of the first folder that has one. */
async function start(output: vscode.LogOutputChannel): Promise<void> {
  const settings = vscode.workspace.getConfiguration("claimgate");
  const path = settings.get<string>("path", "");
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
  const server = folders
    .map(({ uri }) => ({ folder: uri.fsPath, found: findServer(uri.fsPath, path) }))
    .find(({ found }) => found !== undefined);
  if (server?.found === undefined) {
    const where = path === "" ? "in node_modules of a folder of the workspace" : `at ${path}`;
    output.warn(`there is no claimgate ${where}: install it, or set claimgate.path`);
    return;
  }
  const { folder, found } = server;
  output.info(`starting ${[found.command, ...found.args].join(" ")} in ${folder}`);
  const client = clientFor(found, folder, settings.get<readonly string[]>("decisionLog", []), output);
  try {
    await client.start();
    running = { client, tests: policyTests(client) };
  } catch (error) {
    output.error(`claimgate did not start: ${String(error)}`);
  }
}

function clientFor(
  { command, args }: ServerCommand,
  cwd: string,
  decisionLog: readonly string[],
  output: vscode.LogOutputChannel,
): LanguageClient {
  const run = { command, args: [...args], transport: TransportKind.stdio, options: { cwd } };
  const options: LanguageClientOptions = {
    outputChannel: output,
    documentSelector: [
      { scheme: "file", language: "claimgate-policy" },
      ...FILES.map((pattern) => ({ scheme: "file", pattern })),
    ],
    initializationOptions: { decisionLog, showsLists: true },
    middleware: {
      executeCommand: async (name, given, next) => {
        const answer: unknown = await next(name, given);
        if (isLensList(answer)) await showList(answer);
        return answer;
      },
    },
  };
  return new LanguageClient("claimgate", "claimgate", { run, debug: run }, options);
}

/** What the server knows besides policy files. */
const FILES = [
  "**/policies/{groups,front-end}.yaml",
  "**/policies/lint.json",
  "**/policies/**/*.test.yaml",
  "**/serverless.{yml,yaml,json}",
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
];

function isLensList(answer: unknown): answer is LensList {
  return typeof answer === "object" && answer !== null && "items" in answer;
}
