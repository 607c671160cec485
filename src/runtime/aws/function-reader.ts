import { type JsonObject, objectOf } from "../../json.ts";
import { CommandError } from "../command-error.ts";
import { lazyConnection } from "../lazy-connection.ts";
import { callAws, clientSettings, findInAws } from "./call.ts";

/** Deployed Lambda functions. */
export interface FunctionReader {
  /** GetFunctionConfiguration; undefined where there is no such function. */
  configuration(name: string): Promise<JsonObject | undefined>;
  /** Its resource policy: who may invoke it. Empty where it has none, or where it does not exist. */
  policy(name: string): Promise<JsonObject>;
  /** The zip archive that is deployed. */
  code(name: string): Promise<Buffer>;
}

/** How long the download of an archive may take, in milliseconds. */
const DOWNLOAD_LIMIT_MS = 60_000;

/** Reads functions by the AWS SDK. Every call throws CommandError. */
export function createFunctionReader(region: string): FunctionReader {
  const connect = lazyConnection(() => connectTo(region));
  return {
    async configuration(name) {
      const { sdk, client } = await connect();
      const command = new sdk.GetFunctionConfigurationCommand({ FunctionName: name });
      const found = await findInAws("lambda:GetFunctionConfiguration", () => client.send(command));
      return found === undefined ? undefined : objectOf(found);
    },

    async policy(name) {
      const { sdk, client } = await connect();
      const command = new sdk.GetPolicyCommand({ FunctionName: name });
      const found = await findInAws("lambda:GetPolicy", () => client.send(command));
      return found?.Policy === undefined ? {} : objectOf(JSON.parse(found.Policy));
    },

    async code(name) {
      const { sdk, client } = await connect();
      const command = new sdk.GetFunctionCommand({ FunctionName: name });
      const { Code } = await callAws("lambda:GetFunction", () => client.send(command));
      return download(Code?.Location ?? "");
    },
  };
}

async function download(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (cause) {
    // The URL is signed, so the message must not have it.
    throw new CommandError("aws_unreachable", "the deployed code could not be downloaded", { cause });
  }
}

async function connectTo(region: string) {
  const sdk = await import("@aws-sdk/client-lambda");
  return { sdk, client: new sdk.LambdaClient(clientSettings(region)) };
}
