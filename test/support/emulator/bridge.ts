import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from "node:http";
import type { Credentials } from "./account.ts";
import { RewrittenCalls } from "./rewritten-calls.ts";
import { OVER_TLS, signedFetch } from "./signed-fetch.ts";

export interface BridgeOptions {
  /** The endpoint of the emulator. */
  readonly emulator: string;
  /** Whose rights a changed request is made with. */
  readonly credentials: Credentials;
  /** Told what the bridge changes, and what the emulator refuses. */
  readonly log: (line: string) => void;
}

export interface Bridge {
  /** `http://127.0.0.1:PORT`: the endpoint of the framework and of the CLI. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** An answer of the emulator. */
interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Stands between what deploys and the emulator. Every request goes through as it is, except the
 * {@link RewrittenCalls}.
 */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const rewritten = await RewrittenCalls.create(options.emulator, options.log);
  const server = createServer((incoming, response) => {
    relay(options, rewritten, incoming, response).catch((error: unknown) => {
      response.writeHead(502, { "content-type": "text/plain" }).end(`bridge: ${error}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the bridge listens on no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function relay(
  { emulator, credentials, log }: BridgeOptions,
  calls: RewrittenCalls,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(incoming);
  const call = await calls.rewrite(incoming.headers, body.toString());
  const answer =
    call === undefined
      ? await passedOn(emulator, incoming, body)
      : await answerOf(
          await signedFetch({ ...call, method: "POST", url: new URL("/", emulator), credentials }),
        );
  if (answer.status >= 400) log(refusal(incoming, body, answer));
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** The answer to the request as it came, its `Host` included, which the signature covers. */
async function passedOn(emulator: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url: path } = incoming;
  const headers = { ...incoming.headers, ...OVER_TLS };
  const outgoing = request(emulator, { method, path, headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bodyOf(answer) };
}

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: { "content-type": response.headers.get("content-type") ?? "text/plain" },
    body: Buffer.from(await response.arrayBuffer()),
  };
}

function refusal({ method, url, headers }: IncomingMessage, body: Buffer, answer: Answer): string {
  const action = new URLSearchParams(body.toString()).get("Action") ?? headers["x-amz-target"] ?? "";
  return `${answer.status} for ${method} ${url} ${String(action)}: ${answer.body.toString()}`;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
