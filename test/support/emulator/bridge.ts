import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { bridgedTemplate, type Template } from "./bridged-template.ts";
import { signedFetch } from "./signed-fetch.ts";

/** The bucket of templates that the bridge had to change. */
export const BRIDGE_BUCKET = "rehearsal-bridge";

const FORM = "application/x-www-form-urlencoded";

export interface Bridge {
  /** `http://127.0.0.1:PORT`: the endpoint that the framework deploys to. */
  readonly endpoint: string;
  /** What was changed on the way so far, each once. */
  readonly changes: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * Stands between the framework and the emulator. Every request goes through as it is, except one that hands a
 * template to CloudFormation: there {@link bridgedTemplate} leaves out what the emulator cannot take.
 *
 * @param emulator its endpoint
 */
export async function startBridge(emulator: string): Promise<Bridge> {
  const changes = new Set<string>();
  await accepted(signedFetch({ service: "s3", method: "PUT", url: new URL(`/${BRIDGE_BUCKET}`, emulator) }));
  const server = createServer((incoming, response) => {
    relay(emulator, incoming, response, changes).catch((error: unknown) => {
      response.writeHead(502, { "content-type": "text/plain" }).end(`bridge: ${error}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the bridge listens on no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    changes,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function relay(
  emulator: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  changes: Set<string>,
): Promise<void> {
  const body = await bodyOf(incoming);
  const call = incoming.headers["content-type"]?.startsWith(FORM)
    ? await withBridgedTemplate(emulator, new URLSearchParams(body.toString()), changes)
    : undefined;
  if (call === undefined) return passOn(emulator, incoming, body, response);
  const answer = await signedFetch({
    service: "cloudformation",
    method: "POST",
    url: new URL("/", emulator),
    headers: { "content-type": FORM },
    body: call.toString(),
  });
  response.writeHead(answer.status, { "content-type": "text/xml" }).end(await answer.text());
}

/** The same call with a template that the emulator can take; undefined where there is nothing to change. */
async function withBridgedTemplate(
  emulator: string,
  call: URLSearchParams,
  changes: Set<string>,
): Promise<URLSearchParams | undefined> {
  const address = call.get("TemplateURL");
  if (address === null) return undefined;
  const { pathname } = new URL(address);
  const stored = await accepted(
    signedFetch({ service: "s3", method: "GET", url: new URL(pathname, emulator) }),
  );
  const bridged = bridgedTemplate(JSON.parse(stored) as Template);
  if (bridged.changes.length === 0) return undefined;
  for (const change of bridged.changes) changes.add(change);
  const target = new URL(`/${BRIDGE_BUCKET}${pathname}`, emulator);
  const body = JSON.stringify(bridged.template);
  await accepted(signedFetch({ service: "s3", method: "PUT", url: target, body }));
  const rewritten = new URLSearchParams(call);
  rewritten.set("TemplateURL", `https://s3.amazonaws.com${target.pathname}`);
  return rewritten;
}

/** The request as it came, its `Host` included, which the signature covers. */
async function passOn(
  emulator: string,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { method, url: path, headers } = incoming;
  const outgoing = request(emulator, { method, path, headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 502, answer.headers).end(await bodyOf(answer));
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @throws Error with the answer where it is no success */
async function accepted(answer: Promise<Response>): Promise<string> {
  const { ok, status } = await answer;
  const text = await (await answer).text();
  if (!ok) throw new Error(`the emulator answered ${status} to the bridge: ${text}`);
  return text;
}
