import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { objectOf, objectsOf } from "../../../../../src/json.ts";

/** The classes and the sockets of the serverless-offline that is installed, in a process of their own. */
const SCRIPT = `
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
const { correctWebsocketEvents } = await import(
  pathToFileURL(join(process.cwd(), "src/tools/local/gateways/offline-websocket-events.ts")).href
);
await correctWebsocketEvents(process.cwd(), { region: "eu-west-1", accountId: "000000000000", stage: "dev" });
const offline = createRequire(join(process.cwd(), "package.json")).resolve("serverless-offline");
const made = await import(pathToFileURL(join(dirname(offline), "events/websocket/lambda-events/index.js")).href);
const { WebSocketServer, WebSocket } = createRequire(offline)("ws");
const request = { rawHeaders: ["Host", "h", "Connection", "Upgrade"], url: "/" };
const authorizer = new made.WebSocketAuthorizerEvent("c", request, { region: "eu-west-1" }, {}).create();
const events = [
  authorizer,
  new made.WebSocketConnectEvent("c", request, {}).create(),
  new made.WebSocketEvent("c", "chat", "{}").create(),
];
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await new Promise((resolve) => {
  server.on("connection", (socket) => {
    socket.on("close", () => {
      events.push(new made.WebSocketDisconnectEvent("c").create());
      resolve();
    });
  });
  server.on("listening", () => {
    const client = new WebSocket("ws://127.0.0.1:" + server.address().port);
    client.on("open", () => client.close(4001, "bye"));
  });
});
server.close();
console.log(JSON.stringify({ events, taken: authorizer.requestContext.sourceIp }));
`;

test("the events of the installed serverless-offline are those of API Gateway", async () => {
  const options = ["--import", "tsx", "--input-type=module", "--eval", SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  const { events, taken } = objectOf(JSON.parse(stdout));
  const shared = { stage: "dev", apiId: "localws", identity: { sourceIp: "127.0.0.1" } };
  expect(objectsOf(events)).toMatchObject([
    {
      methodArn: "arn:aws:execute-api:eu-west-1:000000000000:localws/dev/$connect",
      headers: { Connection: "Upgrade" },
      requestContext: { routeKey: "$connect", ...shared },
    },
    { headers: { Host: "h" }, requestContext: { eventType: "CONNECT", ...shared } },
    { body: "{}", requestContext: { routeKey: "chat", eventType: "MESSAGE", ...shared } },
    { requestContext: { disconnectStatusCode: 4001, disconnectReason: "bye", ...shared } },
  ]);
  // serverless-offline puts it into the identity of later events.
  expect(taken).toBe("127.0.0.1");
});
