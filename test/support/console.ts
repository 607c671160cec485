import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type JsonObject, objectOf } from "../../src/json.ts";
import type { Pool } from "../../src/tools/cognito/pool.ts";
import type { ReportedCall } from "../../src/tools/local/calls/reported-call.ts";
import { ConsoleServer } from "../../src/tools/local/console/console-server.ts";
import type { ConsoleStack } from "../../src/tools/local/console/console-stack.ts";
import type { PageFiles } from "../../src/tools/local/console/page-files.ts";
import { Listeners } from "../../src/tools/local/gateways/listeners.ts";
import { keepAtStart } from "../../src/tools/local/last-good-policy.ts";
import { PERSONAS_FILE } from "../../src/tools/local/personas/local-minter.ts";
import { readPersonas } from "../../src/tools/local/personas/personas.ts";
import type { PoolEvent } from "../../src/tools/local/pool/pool-event.ts";
import type { Delivery } from "../../src/tools/local/recorder/delivery.ts";
import type { SampleRun } from "../../src/tools/local/recorder/sample-entry.ts";
import { SampleFiles } from "../../src/tools/local/recorder/sample-files.ts";
import { DecisionWatch } from "../../src/tools/local/watch/decision-watch.ts";

/** An answer of the console. */
export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly json: JsonObject;
}

/** For tests that ask the server without a browser. */
const NO_PAGE: PageFiles = { script: "script", style: "style" };

/** A console on a pool and a copy of the sample policy, with a stack behind it that tests play. */
export class TestConsole {
  readonly folder = mkdtempSync(join(tmpdir(), "claimgate-console-"));
  readonly policies = join(this.folder, "policies");
  readonly decisions = new DecisionWatch();
  readonly calls = new Listeners<ReportedCall>();
  readonly events = new Listeners<PoolEvent>();
  readonly deliveries = new Listeners<Delivery>();
  /** What a function answers to a sample. */
  sampleRun: SampleRun = { logged: [], answer: { isAuthorized: true } };
  readonly server: ConsoleServer;
  readonly stack: ConsoleStack;
  port = 0;
  token = "";

  constructor(pool: Pool, apiPort = 1, files: Promise<PageFiles> = Promise.resolve(NO_PAGE)) {
    this.server = new ConsoleServer(files);
    cpSync("policies", this.policies, { recursive: true });
    const keptPolicy = join(this.folder, "kept.json");
    keepAtStart(keptPolicy, this.policies);
    this.stack = {
      pool,
      decisions: this.decisions,
      onCall: (listener) => this.calls.add(listener),
      onPoolEvent: (listener) => this.events.add(listener),
      ports: { api: apiPort, cognito: 9229 },
      personas: readPersonas(PERSONAS_FILE),
      policies: resolve(this.policies),
      keptPolicy,
      functionsLog: "functions.log",
      routes: [
        { route: "GET /orders", gateways: ["http"] },
        { route: "GET /orders/{orderId}", gateways: ["http", "rest"] },
      ],
      onDelivery: (listener) => this.deliveries.add(listener),
      functionKeys: new Map([["claimgate-dev-httpAuthorizer", "httpAuthorizer"]]),
      samples: new SampleFiles(join(this.folder, "events")),
      runSample: () => Promise.resolve(this.sampleRun),
    };
  }

  /** @returns stops showing the stack */
  async start(): Promise<() => void> {
    this.port = await this.server.listen(0);
    const { text } = await this.send("GET", "/");
    this.token = /name="console-token" content="([\w-]+)"/.exec(text)?.[1] ?? "";
    return this.server.show(this.stack);
  }

  stop(): void {
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As the page asks. */
  get(path: string): Promise<ConsoleAnswer> {
    return this.send("GET", path, { "x-console-token": this.token });
  }

  /** As the page asks. */
  post(path: string, body: object): Promise<ConsoleAnswer> {
    const headers = { "x-console-token": this.token, "content-type": "application/json" };
    return this.send("POST", path, headers, JSON.stringify(body));
  }

  /** As anybody asks; `fetch` would not send another `Host`. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = "",
  ): Promise<ConsoleAnswer> {
    return new Promise((done, fail) => {
      const options = { host: "127.0.0.1", port: this.port, method, path, headers };
      const sent = request(options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        response.once("end", () => {
          const isJson = response.headers["content-type"] === "application/json";
          const json = isJson ? (JSON.parse(text) as unknown) : {};
          const fields = Array.isArray(json) ? { list: json } : objectOf(json);
          done({ status: response.statusCode ?? 0, headers: response.headers, text, json: fields });
        });
      });
      sent.once("error", fail);
      sent.end(body);
    });
  }
}
