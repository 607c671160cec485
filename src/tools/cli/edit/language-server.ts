import {
  type CancellationToken,
  type Connection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { messageOf } from "../../../errors.ts";
import type { Feature } from "../../editor/feature.ts";
import { ANNOUNCED, FEATURES } from "../../editor/features.ts";
import { BUILT } from "../terminal/built.ts";
import { CheckLoop } from "./check-loop.ts";
import { ClientLenses } from "./client-lenses.ts";
import { pathOfUri } from "./file-uris.ts";
import type { LspArguments } from "./lsp-arguments.ts";
import { OpenWorkspace } from "./open-workspace.ts";
import { Publisher } from "./publisher.ts";
import { ServiceReader } from "./service-reader.ts";

/**
 * What changes a finding: files of policies, what serverless.yml includes, and the folder itself, since an editor that
 * deletes a folder does not name its files. Other JSON is left out: builds write it.
 */
const WATCHED = [
  "**/*.{csv,CSV,tsv}",
  "**/{model.conf,lint.json,groups.json}",
  "**/*.{yml,yaml}",
  "**/serverless.{json,js,cjs,mjs,ts}",
  "**/policies",
];

/** The language server: what arrives on the connection, and what is sent because of it. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #workspace: OpenWorkspace;
  readonly #publisher: Publisher;
  readonly #checks: CheckLoop;
  readonly #lenses: ClientLenses;
  /** Undefined without `--service`. */
  readonly #services: ServiceReader | undefined;
  #state: "new" | "open" | "shutDown" = "new";
  #canWatch = false;
  #hasFolders = false;

  constructor(connection: Connection, options: LspArguments) {
    this.#connection = connection;
    this.#workspace = new OpenWorkspace(options.policies, (message) => {
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    });
    this.#publisher = new Publisher((diagnostics) => void connection.sendDiagnostics(diagnostics));
    this.#checks = new CheckLoop({
      nextStep: () => new Promise((resolve) => setImmediate(resolve)),
      checked: (project) => this.#publisher.publish(this.#snapshot(), project),
      failed: (error) => this.#log(error),
    });
    this.#lenses = new ClientLenses(connection);
    if (options.service !== true) return;
    this.#services = new ServiceReader(options, {
      read: () => this.#checks.check(this.#workspace.projects),
      failed: (error) => this.#log(error, "serverless.yml"),
    });
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(() => {
      this.#state = "shutDown";
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#workspace.changedOnDisk(changes.flatMap(({ uri }) => pathOfUri(uri) ?? []));
      this.#check();
    });
    this.#listenToDocuments();
    for (const feature of [...FEATURES, ...this.#lenses.features]) {
      connection.onRequest(feature.method, (params: never, token: CancellationToken) =>
        this.#answer(feature, params, token),
      );
    }
    connection.listen();
  }

  #listenToDocuments(): void {
    this.#documents.onDidChangeContent(({ document }) => {
      this.#workspace.edited(document.uri, document.version, document.getText());
      this.#check();
    });
    this.#documents.onDidClose(({ document }) => {
      this.#workspace.closed(document.uri);
      this.#check();
    });
    this.#documents.onDidSave(({ document }) => {
      this.#workspace.changedOnDisk([pathOfUri(document.uri)].flatMap((path) => path ?? []));
      this.#check();
    });
    this.#documents.listen(this.#connection);
  }

  #initialize(params: InitializeParams): InitializeResult {
    if (this.#state !== "new") throw new ResponseError(ErrorCodes.InvalidRequest, "initialized already");
    this.#state = "open";
    const { workspaceFolders, rootUri, capabilities } = params;
    this.#lenses.initialize(params);
    const roots = workspaceFolders?.map(({ uri }) => uri) ?? [rootUri].flatMap((uri) => uri ?? []);
    this.#workspace.open(roots.flatMap((uri) => pathOfUri(uri) ?? []));
    this.#canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.#workspace.client = capabilities;
    this.#hasFolders = capabilities.workspace?.workspaceFolders === true;
    return {
      serverInfo: { name: "claimgate", version: BUILT.version },
      capabilities: {
        ...ANNOUNCED,
        ...this.#lenses.announced,
        positionEncoding: "utf-16",
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #initialized(): void {
    if (this.#canWatch) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (this.#hasFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const paths = (folders: readonly { readonly uri: string }[]) =>
          folders.flatMap(({ uri }) => pathOfUri(uri) ?? []);
        this.#workspace.foldersChanged(paths(added), paths(removed));
        this.#check();
      });
    }
    this.#check();
  }

  /** Nothing is answered from old text: a request reads what was edited before it. */
  async #answer(feature: Feature, params: never, token: CancellationToken): Promise<unknown> {
    if (this.#state === "new") {
      throw new ResponseError(ErrorCodes.ServerNotInitialized, "`initialize` comes first");
    }
    if (this.#state === "shutDown") {
      throw new ResponseError(ErrorCodes.InvalidRequest, "the server was shut down");
    }
    try {
      const answer = await feature.answer(this.#snapshot(), params, token);
      if (!token.isCancellationRequested) return answer;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      this.#log(error, feature.method);
      throw new ResponseError(LSPErrorCodes.RequestFailed, `${feature.method}: ${messageOf(error)}`);
    }
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  }

  #snapshot() {
    return this.#workspace.snapshot((project) => this.#checks.settled(project));
  }

  /** After a change of files, texts or folders. */
  #check(): void {
    this.#publisher.retain(this.#snapshot());
    this.#services?.read(this.#workspace.projects);
    this.#checks.check(this.#workspace.projects);
  }

  #log(error: unknown, what = "check"): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`${what}: ${detail}`);
  }
}
