import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { objectOf } from "../../src/json.ts";
import { startCognito } from "../../src/tools/cognito-server/testing/start-cognito.ts";
import { answerRequest } from "../../src/tools/gateways/answer-request.ts";
import { apisFromTemplate } from "../../src/tools/gateways/apis-from-template.ts";
import { ResultCache } from "../../src/tools/gateways/authorizers/result-cache.ts";
import type { Invoke } from "../../src/tools/gateways/invoke.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import type { ConsumerProject } from "./consumer-project.ts";

/** The URL of the server in the example. */
const WRITTEN = "https://mcp.example.com";

/** What the client is given; without a token, it looks for the user pool. */
export interface ClientCall {
  /** Makes the token for the URL of the server. */
  readonly token?: (url: string) => string;
  /** Without one, it lists the tools. */
  readonly tool?: string;
  readonly given?: object;
}

/** What `client.mjs` of examples/mcp said. */
interface Visit {
  /** Of the server. */
  readonly url: string;
  /** Of the user pool. */
  readonly issuer: string;
  readonly said: unknown;
}

/**
 * Runs the example's client against the example: the packaged functions behind the gateway of the packaged template,
 * at a custom domain without the stage, with a user pool that answers discovery.
 */
export async function tryMcpClient(
  project: ConsumerProject,
  environment: Readonly<Record<string, string>>,
  { token, tool, given }: ClientCall = {},
): Promise<Visit> {
  const cognito = await startCognito({ issuer: "local" });
  const cache = new ResultCache();
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await answerRequest(
        apis,
        {
          id: "request-1",
          method: request.method ?? "",
          // The base path of the custom domain leads to the stage.
          target: `/dev${request.url ?? ""}`,
          headers: request.rawHeaders.flatMap((name, index, all) =>
            index % 2 === 0 ? [[name, all[index + 1] ?? ""] as const] : [],
          ),
          body: await buffer(request),
          sourceIp: "127.0.0.1",
          protocol: "HTTP/1.1",
          at: Date.now(),
        },
        { invoke, cache },
      );
      for (const [name, value] of answer.headers) response.appendHeader(name, value);
      response.writeHead(answer.status).end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/mcp`;
  const template = JSON.stringify(project.template()).replaceAll(WRITTEN, origin);
  const apis = apisFromTemplate(JSON.parse(template), LOCAL);
  const own = {
    CLAIMGATE_AUDIENCE: url,
    CLAIMGATE_AUDIENCE_REQUIRED: "all",
    MCP_URL: url,
    ISSUER: cognito.issuer,
  };
  const invoke: Invoke = (name, event) => {
    const key = name.replace(/^.*-/, "");
    const handler = key === "restAuthorizer" ? [] : [`src/${key}.js`];
    const called = project.invoke(key, event, { ...environment, ...own }, ...handler);
    return Promise.resolve(
      "answer" in called
        ? { kind: "answered", payload: called.answer }
        : { kind: "threw", message: called.error },
    );
  };
  try {
    const args = [token?.(url), tool, given && JSON.stringify(given)].flatMap((one) => one ?? []);
    return { url, issuer: cognito.issuer, said: await said(project, [url, ...args]) };
  } finally {
    server.closeAllConnections();
    server.close();
    await cognito.stop();
  }
}

/** Not synchronous, since this process is the gateway. */
function said(project: ConsumerProject, args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ["client.mjs", ...args],
      { cwd: project.folder, timeout: 60_000 },
      (_failed, stdout, stderr) => {
        if (stdout.trim().startsWith("{")) resolve(objectOf(JSON.parse(stdout)));
        else reject(new Error(`the client said nothing: ${stdout}${stderr}`));
      },
    );
  });
}
