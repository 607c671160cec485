import { createServer, type Server } from "node:net";
import { choosePorts, isFree, onPort, unusualPorts } from "../../../../src/tools/local/ports.ts";
import { freePort } from "../../../support/local-stack-process.ts";

test("a requested port that is taken is an error with its number, who holds it, and the flag", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  try {
    await expect(
      choosePorts({ api: port, cognito: undefined, websocket: undefined, console: undefined }),
    ).rejects.toThrow(new RegExp(`port ${port} is taken by .+ \\(process ${process.pid}\\); .*--port`));
    expect(await isFree(port)).toBe(false);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a port that is taken between the choice and the start is the same error", async () => {
  const port = await freePort();
  const servers = [createServer(), createServer()] as const;
  const listen = (server: Server) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  await listen(servers[0]);

  try {
    await expect(onPort("--port", port, () => listen(servers[1]))).rejects.toThrow(
      new RegExp(`port ${port} is taken by .+ \\(process ${process.pid}\\); .*--port`),
    );
    await expect(onPort("--port", port, () => Promise.reject(new TypeError("other")))).rejects.toThrow(
      "other",
    );
  } finally {
    await new Promise((resolve) => servers[0].close(resolve));
  }
});

test("a port that needs the rights of an administrator is not said to be taken", async () => {
  const refused = Object.assign(new Error("listen EACCES"), { code: "EACCES" });
  await expect(onPort("--port", 80, () => Promise.reject(refused))).rejects.toThrow(
    "port 80 needs more rights than you have; choose one from 1024 with --port",
  );
});

test("the same port for two things is an error", async () => {
  const port = await freePort();

  await expect(
    choosePorts({ api: port, cognito: port, websocket: undefined, console: undefined }),
  ).rejects.toThrow("--cognito-port");
});

test("a part without a requested port gets a free one", async () => {
  const { api, cognito, lambda } = await choosePorts({
    api: await freePort(),
    cognito: undefined,
    websocket: undefined,
    console: undefined,
  });

  expect(new Set([api, cognito, lambda]).size).toBe(3);
});

test("two stacks that choose at the same time get different Lambda ports", async () => {
  const asked = { api: undefined, cognito: undefined, websocket: undefined, console: undefined };
  const chosen = await Promise.all(Array.from({ length: 10 }, () => choosePorts(asked)));
  expect(new Set(chosen.map(({ lambda }) => lambda)).size).toBe(10);
});

test("a port of this run is not reported as taken", () => {
  const asked = { api: 3001, cognito: undefined, websocket: undefined, console: undefined };

  expect(
    unusualPorts(asked, { api: 3001, cognito: 9230, websocket: 3002, console: 4000, lambda: 40_000 }),
  ).toEqual([
    expect.stringMatching(/^Port 9229 is taken.*; this run uses 9230 instead\.$/),
    "Port 3001 is the HTTP API's in this run; the WebSocket API uses 3002.",
  ]);
});
