// Serves requests with a bundle, and prints a line of JSON for each: node runner.cjs BUNDLE REQUESTS.json
// The bundle has a handler of Lambda, or listens on a port; it is then called as the Lambda Web Adapter calls a server.
const { EventEmitter, once } = require("node:events");
const { readFileSync } = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const { Readable } = require("node:stream");

// Only the key set of the pool answers.
https.request = (uri, _options, respond) => {
  const request = Object.assign(new EventEmitter(), { destroy() {}, write() {} });
  request.end = () => {
    const body = Readable.from([Buffer.from(process.env.JWKS)]);
    queueMicrotask(() => respond(Object.assign(body, { statusCode: /jwks.json$/.test(uri) ? 200 : 404 })));
  };
  return request;
};

const servers = [];
const createServer = http.createServer;
http.createServer = (...args) => {
  servers.push(createServer(...args));
  return servers.at(-1);
};

/** As `fetch_response` of the adapter does it: replaces the header, keeps the others, and escapes only what it must. */
function throughAdapter({ event, pastAdapter }, port) {
  const url = new URL("http://127.0.0.1");
  url.pathname = event.rawPath ?? event.path;
  const query = event.rawQueryString ? `?${event.rawQueryString}` : "";
  const headers = Object.fromEntries(
    Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (!pastAdapter) {
    headers["x-amzn-request-context"] = Buffer.from(JSON.stringify(event.requestContext)).toString("latin1");
  }
  const method = event.requestContext.http?.method ?? event.httpMethod;
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port, method, path: url.pathname + query, headers, agent: false },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (part) => {
          body += part;
        });
        response.on("end", () =>
          resolve({ statusCode: response.statusCode, headers: response.headers, body }),
        );
      },
    );
    request.on("error", reject).end();
  });
}

const [, , bundle, file] = process.argv;
const { together, requests } = JSON.parse(readFileSync(file, "utf8"));
const context = { awsRequestId: "1", functionName: "shop", memoryLimitInMB: "1024" };
const print = (answer) => console.log(JSON.stringify({ answer }));

(async () => {
  const { handler } = require(bundle);
  const [server] = servers;
  if (server !== undefined && !server.listening) await once(server, "listening");
  const answer = (one) =>
    server === undefined ? handler(one.event, context) : throughAdapter(one, server.address().port);
  if (together) for (const one of await Promise.all(requests.map(answer))) print(one);
  else for (const one of requests) print(await answer(one));
  process.exit(0);
})().catch((error) => {
  console.log(JSON.stringify({ error: error.message }));
  process.exit(1);
});
