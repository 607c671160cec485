import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a function made of one event. */
export interface Reply {
  readonly kind: "response" | "error";
  /** JSON: the answer, or `{errorType, errorMessage, trace}`. */
  readonly body: string;
  /** Around the handler alone, as its process measured it. */
  readonly handlerNs: number;
  /** From the event being sent until its answer has arrived. */
  readonly roundTripNs: number;
}

/** The runtime API of one execution environment. */
export interface RuntimeApi {
  /** `AWS_LAMBDA_RUNTIME_API`: host and port. */
  readonly address: string;
  /** Resolves with the first request for an event: the function has loaded. Rejects with its init error. */
  readonly ready: Promise<void>;
  /** Calls that the real API refuses, such as a second answer for one event. */
  readonly faults: readonly string[];
  /**
   * Sends one event; one at a time.
   *
   * @throws Error if no answer arrives within the function's timeout: the invocation is lost
   */
  invoke(requestId: string, event: string): Promise<Reply>;
  /** The process has ended: what waits for it rejects. */
  fail(error: Error): void;
  close(): void;
}

interface Pending {
  readonly requestId: string;
  readonly event: string;
  sentAt: bigint;
  readonly settle: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const BASE = "/2018-06-01/runtime";
const TIMEOUT_MS = 10_000;
const GRACE_MS = 2_000;

/**
 * A server of the Lambda runtime API, version 2018-06-01, for one environment
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 *
 * @param functionArn what `Lambda-Runtime-Invoked-Function-Arn` says
 */
export async function startRuntimeApi(functionArn: string): Promise<RuntimeApi> {
  const faults: string[] = [];
  let loaded: () => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    [loaded, failed] = [resolve, reject];
  });
  let waiting: ServerResponse | undefined;
  let pending: Pending | undefined;
  let unsent: Pending | undefined;

  const send = (response: ServerResponse, invocation: Pending) => {
    invocation.sentAt = process.hrtime.bigint();
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(invocation.event),
      "lambda-runtime-aws-request-id": invocation.requestId,
      "lambda-runtime-deadline-ms": Date.now() + TIMEOUT_MS,
      "lambda-runtime-invoked-function-arn": functionArn,
      "lambda-runtime-trace-id": "Root=1-00000000-000000000000000000000000;Sampled=0",
    });
    response.end(invocation.event);
  };
  const next = (response: ServerResponse) => {
    loaded();
    waiting = response;
    if (unsent === undefined) return;
    const invocation = unsent;
    [unsent, waiting] = [undefined, undefined];
    send(response, invocation);
  };
  const answered = (requestId: string, kind: Reply["kind"], body: string, handlerNs: number): boolean => {
    if (pending?.requestId !== requestId) {
      faults.push(`${kind} for \`${requestId}\`, which is not being answered`);
      return false;
    }
    const { settle, sentAt } = pending;
    pending = undefined;
    settle({ kind, body, handlerNs, roundTripNs: Number(process.hrtime.bigint() - sentAt) });
    return true;
  };
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    if (path === `${BASE}/invocation/next`) {
      next(response);
      return;
    }
    const body = await bodyOf(request);
    if (path === `${BASE}/init/error`) failed(new Error(`the function did not load: ${body}`));
    const [, requestId = "", kind] = ANSWER.exec(path) ?? [];
    const isAnswer = kind === "response" || kind === "error";
    if (isAnswer && !answered(requestId, kind, body, Number(request.headers["load-handler-ns"]))) {
      response.writeHead(400).end();
    } else response.writeHead(202, { "content-length": 0 }).end();
  };

  const server = createServer((request, response) => void receive(request, response));
  // The next event may be long in coming.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    ready,
    faults,
    invoke: (requestId, event) =>
      new Promise((resolve, reject) => {
        if (pending !== undefined) throw new Error("an environment handles one event at a time");
        const lost = () => {
          reject(new Error(`\`${requestId}\` was not answered`));
        };
        // Where this program itself was suspended, the answer is there and only has to be read.
        let timer = setTimeout(() => {
          timer = setTimeout(lost, GRACE_MS);
        }, TIMEOUT_MS);
        const settle = (reply: Reply) => {
          clearTimeout(timer);
          resolve(reply);
        };
        pending = { requestId, event, sentAt: 0n, settle, reject };
        if (waiting === undefined) unsent = pending;
        else {
          const response = waiting;
          waiting = undefined;
          send(response, pending);
        }
      }),
    fail: (error) => {
      failed(error);
      pending?.reject(error);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const ANSWER = /\/invocation\/([^/]+)\/(response|error)$/;

export function listen(server: Pick<Server, "listen">): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
