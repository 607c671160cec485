import { type JsonObject, objectOf } from "../../../json.ts";
import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { clientSettings, findInAws } from "./call.ts";

/** Deployed Lambda functions. */
export interface FunctionReader {
  /** GetFunctionConfiguration; undefined if the function does not exist. */
  configuration(name: string): Promise<JsonObject | undefined>;
  /** Its resource policy, which says who may invoke it. Empty if it has none, or if the function does not exist. */
  policy(name: string): Promise<JsonObject>;
}

/** Reads functions with the AWS SDK. Every call throws CommandError. */
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
  };
}

async function connectTo(region: string) {
  const sdk = await import("@aws-sdk/client-lambda");
  return { sdk, client: new sdk.LambdaClient(clientSettings(region)) };
}
