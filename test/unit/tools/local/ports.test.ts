import { type AddressInfo, createServer, type Server } from "node:net";
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

const NONE = { api: undefined, cognito: undefined, websocket: undefined, console: undefined };

test("a program that listens on ::1 alone has the port, and is named", async () => {
  const server = createServer();
  const port = await new Promise<number | undefined>((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen(0, "::1", () => resolve((server.address() as AddressInfo).port));
  });
  // A machine without IPv6 has nothing to take.
  const expected = port === undefined ? "resolves" : `port ${port} is taken by`;
  const answer = choosePorts({ ...NONE, console: port }).then(
    () => "resolves",
    (error: Error) => error.message,
  );
  try {
    expect(await answer).toContain(expected);
    expect(await answer).toContain(port === undefined ? "" : `(process ${process.pid})`);
  } finally {
    server.close();
  }
});

test("a port for the APIs moves the others: they follow in a row", async () => {
  const api = await freeRow();

  const { lambda, ...ports } = await choosePorts({ ...NONE, api });

  expect(ports).toEqual({ api, websocket: api + 1, cognito: api + 2, console: api + 3 });
  expect(unusualPorts({ ...NONE, api }, { ...ports, lambda })).toEqual([]);
});

test("a requested port is kept from the parts that follow", async () => {
  const api = await freeRow();
  const asked = { ...NONE, api, console: api + 1 };

  const { lambda, ...ports } = await choosePorts(asked);

  expect(ports).toMatchObject({ api, console: api + 1, cognito: api + 2 });
  expect(ports.websocket).toBeGreaterThan(api + 2);
  expect(unusualPorts(asked, { ...ports, lambda })).toEqual([
    `Port ${api + 1} is the console's in this run; the WebSocket API uses ${ports.websocket}.`,
  ]);
});

/** The first of four free ports in a row. */
async function freeRow(): Promise<number> {
  const first = await freePort();
  const row = await Promise.all([0, 1, 2, 3].map((step) => isFree(first + step)));
  return row.every(Boolean) ? first : freeRow();
}

test("a port of this run is not reported as taken", () => {
  const asked = { ...NONE, websocket: 4000 };

  expect(
    unusualPorts(asked, { api: 3000, cognito: 9230, websocket: 4000, console: 4001, lambda: 40_000 }),
  ).toEqual([
    expect.stringMatching(/^Port 9229 is taken.*; this run uses 9230 instead\.$/),
    "Port 4000 is the WebSocket API's in this run; the console uses 4001.",
  ]);
});
