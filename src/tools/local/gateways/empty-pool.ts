import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A user pool without users, for `sls invoke local` while no local stack runs. Pre-sign-up asks whether an address
 * belongs to a disabled account, and refuses if the pool does not answer. This pool finds no users, and every other
 * operation fails as for an unknown user. It keeps no process alive.
 *
 * @returns its endpoint
 */
export async function openEmptyPool(): Promise<string> {
  const server = createServer((request, response) => {
    const [, operation] = String(request.headers["x-amz-target"]).split(".");
    request.resume();
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (operation === "ListUsers") return response.end(JSON.stringify({ Users: [] }));
    response.statusCode = 400;
    return response.end(JSON.stringify({ __type: "UserNotFoundException", message: NO_STACK }));
  });
  server.on("connection", (socket) => socket.unref());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const NO_STACK = "no local stack runs, so the user pool has no users (npm start)";
