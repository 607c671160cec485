import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type JsonObject, objectOf } from "../../src/json.ts";

/** One answer of DynamoDB. */
export interface TableAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers the AWS SDK's calls to DynamoDB in the tests of a file, over HTTP.
 *
 * @param answer takes the action, such as `BatchGetItem`, and its input
 */
export function answerDynamoDb(answer: (action: string, input: JsonObject) => TableAnswer): void {
  const before = { ...process.env };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
      const { status, body } = answer(action, objectOf(JSON.parse(Buffer.concat(chunks).toString())));
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    });
  });
  afterAll(async () => {
    process.env = before;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
}
