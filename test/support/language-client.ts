import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver";
import { BARE_ENVIRONMENT } from "./bare-environment.ts";
import { claimgateProgram } from "./claimgate-command.ts";

/** A message of JSON-RPC, either way. */
export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A folder with files for a server, removed by `remove`. Its name has a blank and a letter beyond ASCII. */
export class EditorFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "claimgate-editor ä-")));
  readonly uri = pathToFileURL(this.path).href;

  constructor(files: Readonly<Record<string, string | Buffer>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  uriOf(name: string): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** An editor: the real server as a process of its own, spoken to over standard input and output. */
export class LanguageClient {
  readonly process: ChildProcess;
  /** Every message of the server, in order. */
  readonly received: Message[] = [];
  /** The exit code, once it ended. */
  readonly ended: Promise<number | null>;
  readonly #answers = new Map<number | string, (answer: Message) => void>();
  readonly #watching = new Set<() => void>();
  #bytes = Buffer.alloc(0);
  #ids = 0;

  constructor(args: readonly string[] = [], program = claimgateProgram()) {
    const child = spawn(process.execPath, [program, "lsp", "--stdio", ...args], {
      cwd: tmpdir(),
      env: BARE_ENVIRONMENT,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.process = child;
    child.stdin.on("error", () => {});
    child.stdout.on("data", (bytes: Buffer) => this.#read(bytes));
    this.ended = new Promise((resolve) => child.on("exit", resolve));
  }

  /** Begins a session in a folder, with what the client can do. */
  async open(folder: EditorFolder, capabilities: object = {}): Promise<void> {
    await this.initialize(folder, capabilities);
    this.notify("initialized", {});
  }

  /** Only the first request of a session. */
  initialize(folder: EditorFolder, capabilities: object = {}): Promise<unknown> {
    const workspaceFolders = [{ uri: folder.uri, name: "workspace" }];
    const params = { processId: process.pid, rootUri: folder.uri, workspaceFolders, capabilities };
    return this.request("initialize", params);
  }

  /** The result of a request. @throws an Error with the message of an error answer */
  async request(method: string, params: unknown): Promise<unknown> {
    const { result, error } = await this.ask({ method, params });
    if (error !== undefined) throw new Error(error.message);
    return result;
  }

  /** The whole answer to a request. */
  ask(message: Message): Promise<Message> {
    const id = message.id ?? `test-${++this.#ids}`;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.send({ ...message, id });
    return answer;
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** Opens a file with a text. */
  openFile(uri: string, text: string): void {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "csv", version: 1, text } });
  }

  /** Waits until the project of a file is checked: code actions do. */
  async settled(uri: string): Promise<void> {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const context = { diagnostics: [], only: ["none"] };
    await this.request("textDocument/codeAction", { textDocument: { uri }, range, context });
  }

  /** Resolves when something is true after a message of the server. */
  until(isTrue: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isTrue()) return;
        this.#watching.delete(look);
        resolve();
      };
      this.#watching.add(look);
      look();
    });
  }

  /** URI -> the diagnostics that were sent last. */
  diagnostics(): ReadonlyMap<string, readonly Diagnostic[]> {
    const sent = this.received.flatMap(({ method, params }) =>
      method === "textDocument/publishDiagnostics" ? [params as PublishDiagnosticsParams] : [],
    );
    return new Map(sent.map(({ uri, diagnostics }) => [uri, diagnostics]));
  }

  /** Ends the session as the protocol says. */
  async close(): Promise<number | null> {
    await this.request("shutdown", undefined);
    this.notify("exit", undefined);
    return this.ended;
  }

  #read(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const head = this.#bytes.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(this.#bytes.subarray(0, head + 1).toString())?.[1]);
      if (head < 0 || this.#bytes.length < head + 4 + length) return;
      const message = JSON.parse(this.#bytes.subarray(head + 4, head + 4 + length).toString()) as Message;
      this.#bytes = this.#bytes.subarray(head + 4 + length);
      this.received.push(message);
      for (const look of this.#watching) look();
      if (message.id === undefined) continue;
      if (message.method === undefined) this.#answers.get(message.id)?.(message);
      // The server registers what it watches.
      else this.send({ id: message.id, result: null });
    }
  }
}
