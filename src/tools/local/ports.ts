import { createServer } from "node:net";
import { heldBy } from "../machine/port-holder.ts";
import { hasCode } from "./error-code.ts";
import { StartError } from "./start-error.ts";

/** The ports of all servers, on 127.0.0.1. */
export interface Ports {
  readonly api: number;
  readonly cognito: number;
  readonly websocket: number;
  readonly console: number;
  /** The Lambda endpoint of serverless-offline, through which triggers are called. */
  readonly lambda: number;
}

/** The default ports. */
export const USUAL_PORTS: Record<keyof AskedPorts, number> = {
  api: 3000,
  cognito: 9229,
  websocket: 3001,
  console: 4000,
};

/** The ports that were requested on the command line. */
export interface AskedPorts {
  readonly api: number | undefined;
  readonly cognito: number | undefined;
  readonly websocket: number | undefined;
  readonly console: number | undefined;
}

/** How far to search for a free port if none was requested. */
const REACH = 50;

/** The default ports; with a port for the APIs, the four in a row that begin there. */
function usualPorts({ api }: AskedPorts): typeof USUAL_PORTS {
  if (api === undefined) return USUAL_PORTS;
  return { api, websocket: api + 1, cognito: api + 2, console: api + 3 };
}

/** In the order in which they are chosen. */
const PARTS = ["api", "websocket", "cognito", "console"] as const;

const FLAGS = {
  api: "--port",
  websocket: "--websocket-port",
  cognito: "--cognito-port",
  console: "--console-port",
} as const;

/**
 * The ports of this run: the requested ones, otherwise the default ones, otherwise the next free ones. The Lambda
 * endpoint, which is never called by hand, gets a port from the system: two stacks that start at once would both find
 * the same next port free, since it is bound only seconds later.
 *
 * @throws StartError with the port and the flag if a requested port is taken
 */
export async function choosePorts(asked: AskedPorts): Promise<Ports> {
  const usual = usualPorts(asked);
  const chosen = new Set<number>();
  const found = { ...usual };
  for (const part of PARTS) {
    const port = asked[part];
    if (port === undefined) continue;
    found[part] = await exactly(FLAGS[part], port, chosen);
    chosen.add(port);
  }
  for (const part of PARTS) {
    if (asked[part] !== undefined) continue;
    // A part that must move does not displace the next one.
    const others = PARTS.filter((other) => other !== part).map((other) => found[other]);
    found[part] = await nextFree(usual[part], new Set([...chosen, ...others]));
    chosen.add(found[part]);
  }
  return { ...found, lambda: await systemPort(chosen) };
}

const NAMES = {
  api: "HTTP API",
  cognito: "local Cognito",
  websocket: "WebSocket API",
  console: "console",
} as const;

/** For each part that is not at its default port without having been requested elsewhere: its port, and why. */
export function unusualPorts(asked: AskedPorts, ports: Ports): readonly string[] {
  const usualPort = usualPorts(asked);
  return PARTS.flatMap((part) => {
    const [usual, chosen] = [usualPort[part], ports[part]];
    if (asked[part] !== undefined || chosen === usual) return [];
    const own = PARTS.find((other) => ports[other] === usual);
    if (own === undefined) {
      return [`Port ${usual} is taken${heldBy(usual)}; this run uses ${chosen} instead.`];
    }
    return [`Port ${usual} is the ${NAMES[own]}'s in this run; the ${NAMES[part]} uses ${chosen}.`];
  });
}

/** A free port chosen by the system, which does not choose the same one again soon. */
async function systemPort(chosen: ReadonlySet<number>): Promise<number> {
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
  return chosen.has(port) ? systemPort(chosen) : port;
}

async function exactly(flag: string, port: number, chosen: ReadonlySet<number>): Promise<number> {
  if (chosen.has(port)) {
    throw new StartError(`port ${port} is another part's in this run; choose another with ${flag}`);
  }
  const reason = await whyNotFree(port);
  if (reason !== undefined) throw new StartError(refusalOf(port, flag, reason));
  return port;
}

/**
 * Listens on a port that was free when it was chosen.
 *
 * @throws StartError if something else took it meanwhile
 */
export async function onPort<T>(flag: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (cause) {
    if (!hasCode(cause, "EADDRINUSE") && !hasCode(cause, "EACCES")) throw cause;
    const reason = hasCode(cause, "EACCES") ? "forbidden" : "taken";
    throw new StartError(refusalOf(port, flag, reason), { cause });
  }
}

type Reason = "taken" | "forbidden";

function refusalOf(port: number, flag: string, reason: Reason): string {
  return reason === "forbidden"
    ? `port ${port} needs more rights than you have; choose one from 1024 with ${flag}`
    : `port ${port} is taken${heldBy(port)}; stop the program that listens there, or choose another with ${flag}`;
}

async function nextFree(from: number, chosen: ReadonlySet<number>): Promise<number> {
  for (let port = from; port < from + REACH; port++) {
    if (!chosen.has(port) && (await isFree(port))) return port;
  }
  throw new StartError(`no port from ${from} to ${from + REACH - 1} is free`);
}

/**
 * Whether nothing listens on the port of this machine, by either of its addresses: a browser may take `localhost` for
 * ::1 and find another program's page there.
 */
export async function isFree(port: number): Promise<boolean> {
  return (await whyNotFree(port)) === undefined;
}

async function whyNotFree(port: number): Promise<Reason | undefined> {
  return (await whyNotFreeAt("127.0.0.1", port)) ?? (await whyNotFreeAt("::1", port));
}

function whyNotFreeAt(host: string, port: number): Promise<Reason | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(REASONS.find(([code]) => hasCode(error, code))?.[1]));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** Any other error is that of a machine without IPv6. */
const REASONS: readonly (readonly [string, Reason])[] = [
  ["EADDRINUSE", "taken"],
  ["EACCES", "forbidden"],
];
