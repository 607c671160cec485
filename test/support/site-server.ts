import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** Serves static files as any host would: `/` is the index.html of its folder, a missing file is 404.html. */
export async function serveSite(folder: string): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = join(folder, decodeURIComponent(pathname.replace(/\/$/, "/index.html")));
    const found = existsSync(file);
    const type = found ? TYPES[extname(file)] : TYPES[".html"];
    response.writeHead(found ? 200 : 404, { "content-type": type ?? "text/plain" });
    response.end(readFileSync(found ? file : join(folder, "404.html")));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { server, origin: `http://127.0.0.1:${port}` };
}
