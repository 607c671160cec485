import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { bridgedTemplate, type Template } from "./bridged-template.ts";
import { withResetSettings } from "./reset-pool-settings.ts";
import { type SignedCall, signedFetch } from "./signed-fetch.ts";

/** The bucket of templates that the bridge had to change. */
export const BRIDGE_BUCKET = "rehearsal-bridge";

const FORM = "application/x-www-form-urlencoded";
const UPDATE_USER_POOL = "AWSCognitoIdentityProviderService.UpdateUserPool";

export interface Bridge {
  /** `http://127.0.0.1:PORT`: the endpoint of the framework and of the CLI. */
  readonly endpoint: string;
  /** What was changed on the way so far, each once. */
  readonly changes: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * Stands between what deploys and the emulator. Every request goes through as it is, except two:
 * - one that hands a template to CloudFormation: {@link bridgedTemplate} leaves out what the emulator cannot take;
 * - `UpdateUserPool`: {@link withResetSettings} has it reset what the call leaves out, as AWS does.
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
  const rewritten = await rewrite(emulator, incoming, body.toString(), changes);
  if (rewritten === undefined) return passOn(emulator, incoming, body, response);
  const answer = await signedFetch({ ...rewritten, method: "POST", url: new URL("/", emulator) });
  const type = answer.headers.get("content-type") ?? "text/plain";
  response.writeHead(answer.status, { "content-type": type }).end(await answer.text());
}

/** The call to make in place of this one, undefined for this one. */
async function rewrite(
  emulator: string,
  { headers }: IncomingMessage,
  body: string,
  changes: Set<string>,
): Promise<Pick<SignedCall, "service" | "headers" | "body"> | undefined> {
  const type = headers["content-type"] ?? "";
  if (type.startsWith(FORM)) {
    const call = await withBridgedTemplate(emulator, new URLSearchParams(body), changes);
    if (call === undefined) return undefined;
    return { service: "cloudformation", headers: { "content-type": FORM }, body: call.toString() };
  }
  if (headers["x-amz-target"] !== UPDATE_USER_POOL) return undefined;
  return {
    service: "cognito-idp",
    headers: { "content-type": type, "x-amz-target": UPDATE_USER_POOL },
    body: withResetSettings(body),
  };
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
