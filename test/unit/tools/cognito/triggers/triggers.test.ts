import { createServer, type Server } from "node:http";
import {
  type Invocation,
  lambdaEndpoint,
  type RunTrigger,
  triggerRunner,
} from "../../../../../src/tools/cognito/triggers/triggers.ts";

let server: Server;
let answer: { status: number; headers: Record<string, string>; body: string } | "never";
let seen: { url: string | undefined; body: string };
let endpoint: string;

beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => {
          body += chunk.toString("utf8");
        });
        request.on("end", () => {
          seen = { url: request.url, body };
          if (answer === "never") return;
          response.writeHead(answer.status, answer.headers);
          response.end(answer.body);
        });
      });
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        endpoint = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
        resolve();
      });
    }),
);

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const gone: Invocation = { kind: "failed", text: "Socket timeout while invoking Lambda function." };

const runner = (limit?: number): RunTrigger =>
  triggerRunner(lambdaEndpoint(endpoint, new Map([["PreSignUp", "svc-dev-pre"]]), limit));

test("the event goes to the function of the trigger, its response comes back", async () => {
  answer = { status: 200, headers: {}, body: '{"version":"1","response":{"autoConfirmUser":true}}' };

  expect(await runner()("PreSignUp", { a: 1 })).toEqual({ autoConfirmUser: true });

  expect(seen).toEqual({ url: "/2015-03-31/functions/svc-dev-pre/invocations", body: '{"a":1}' });
});

test("an error of the function reaches the caller in the words of Cognito", async () => {
  answer = {
    status: 200,
    headers: { "x-amz-function-error": "Unhandled" },
    body: '{"errorMessage":"Not you"}',
  };

  await expect(runner()("PreSignUp", {})).rejects.toMatchObject({
    code: "UserLambdaValidationException",
    message: "PreSignUp failed with error Not you.",
  });
});

test.each(["", "null", '{"response":null}', '{"response":[]}', "not json"])(
  "the output %p is unrecognizable",
  async (body) => {
    answer = { status: 200, headers: {}, body };

    await expect(runner()("PreSignUp", {})).rejects.toMatchObject({
      code: "InvalidLambdaResponseException",
    });
  },
);

test("a function that takes too long is given up", async () => {
  answer = "never";

  await expect(runner(20)("PreSignUp", {})).rejects.toMatchObject({
    code: "UnexpectedLambdaException",
    message: "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
  });
});

test.each<[string, Invocation[], number]>([
  ["that never answers is called three times", [gone, gone, gone], 3],
  [
    "that answers the second time is called twice",
    [gone, { kind: "answered", payload: { response: {} } }],
    2,
  ],
  ["behind an endpoint that fails is called once", [{ kind: "failed", text: "", isFinal: true }], 1],
  ["that throws is called once", [{ kind: "threw", errorMessage: undefined }], 1],
])("a function %s", async (_case, outcomes, times) => {
  let calls = 0;
  const run = triggerRunner(() => Promise.resolve(outcomes[calls++] ?? gone));

  await run("PreSignUp", {}).catch(() => undefined);

  expect(calls).toBe(times);
});

test("a missing function is an unexpected error, not a pass", async () => {
  answer = { status: 404, headers: {}, body: '{"response":{}}' };

  await expect(runner()("PreSignUp", {})).rejects.toMatchObject({ code: "UnexpectedLambdaException" });
  await expect(runner()("PostConfirmation", {})).rejects.toMatchObject({
    code: "UnexpectedLambdaException",
  });
});
