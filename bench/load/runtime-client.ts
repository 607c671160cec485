// The process of an execution environment: loads one packaged function and answers events of the runtime API, as the
// managed Node runtime does. load/environment.ts starts it. It knows nothing of claimgate.
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { globalAgent } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Context {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** Node 24 of Lambda calls handlers without a callback: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
type Handler = (event: unknown, context: Context) => unknown;

const variable = (name: string) => process.env[name] ?? "";
const [host = "", port = ""] = variable("AWS_LAMBDA_RUNTIME_API").split(":");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const sampleEvery = Number(variable("LOAD_SAMPLE_EVERY"));

dialLocally(Number(variable("LOAD_KEY_SERVER")));
await run();

/**
 * Connects to this port wherever a function goes by HTTPS. The name that it asks for stays the one that the
 * certificate must have.
 */
function dialLocally(keyServer: number): void {
  const connect = (Reflect.get(globalAgent, "createConnection") as (...args: unknown[]) => unknown).bind(
    globalAgent,
  );
  Object.assign(globalAgent, {
    createConnection: (options: object, done: unknown) =>
      connect({ ...options, host: "127.0.0.1", port: keyServer }, done),
  });
}

async function run(): Promise<void> {
  let handler: Handler;
  try {
    handler = load();
  } catch (error) {
    await call("POST", "/init/error", JSON.stringify(described(error)));
    throw error;
  }
  for (let count = 1; ; count += 1) {
    const { headers, body } = await call("GET", "/invocation/next");
    await answer(handler, headers, body);
    if (count % sampleEvery === 0) sample(count);
  }
}

/** `_HANDLER` below the root of the task: `src/handlers/http-authorizer.handler`. */
function load(): Handler {
  const name = variable("_HANDLER");
  const dot = name.lastIndexOf(".");
  const file = join(variable("LAMBDA_TASK_ROOT"), `${name.slice(0, dot)}.cjs`);
  const module = createRequire(file)(file) as Readonly<Record<string, Handler>>;
  const handler = module[name.slice(dot + 1)];
  if (typeof handler !== "function") throw new Error(`\`${name}\` is not a function`);
  return handler;
}

async function answer(handler: Handler, headers: IncomingHttpHeaders, body: string): Promise<void> {
  const requestId = String(headers["lambda-runtime-aws-request-id"]);
  const context = contextOf(headers, requestId);
  let kind = "response";
  let said: unknown;
  const event: unknown = JSON.parse(body);
  const start = process.hrtime.bigint();
  try {
    said = await handler(event, context);
  } catch (error) {
    [kind, said] = ["error", described(error)];
  }
  const took = process.hrtime.bigint() - start;
  await call("POST", `/invocation/${requestId}/${kind}`, JSON.stringify(said ?? null), took);
}

function contextOf(headers: IncomingHttpHeaders, requestId: string): Context {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    functionName: variable("AWS_LAMBDA_FUNCTION_NAME"),
    functionVersion: variable("AWS_LAMBDA_FUNCTION_VERSION"),
    invokedFunctionArn: String(headers["lambda-runtime-invoked-function-arn"]),
    memoryLimitInMB: variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
    awsRequestId: requestId,
    logGroupName: variable("AWS_LAMBDA_LOG_GROUP_NAME"),
    logStreamName: variable("AWS_LAMBDA_LOG_STREAM_NAME"),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

function described(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
}

function call(method: string, path: string, body?: string, took?: bigint): Promise<Message> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
      ...(took !== undefined && { "load-handler-ns": String(took) }),
    };
    const options = { agent, host, port, method, path: `/2018-06-01/runtime${path}`, headers };
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        resolve({ headers: response.headers, body: text });
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What the process holds after a collection, in bytes: between two events, so that no latency has it. */
function sample(invocations: number): void {
  globalThis.gc?.();
  const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage();
  process.send?.({ invocations, heapUsed, rss, external, arrayBuffers });
}
