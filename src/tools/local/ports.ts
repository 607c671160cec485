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
export const USUAL_PORTS: Omit<Ports, "lambda"> = {
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

/**
 * The ports of this run: the requested ones, otherwise the default ones, otherwise the next free ones. The Lambda
 * endpoint, which is never called by hand, gets a port from the system: two stacks that start at once would both find
 * the same next port free, since it is bound only seconds later.
 *
 * @throws StartError with the port and the flag if a requested port is taken
 */
export async function choosePorts(asked: AskedPorts): Promise<Ports> {
  const chosen = new Set<number>();
  const choose = async (flag: string | undefined, port: number | undefined, usual: number) => {
    const found =
      port === undefined ? await nextFree(usual, chosen) : await exactly(flag ?? "", port, chosen);
    chosen.add(found);
    return found;
  };
  const api = await choose("--port", asked.api, USUAL_PORTS.api);
  const cognito = await choose("--cognito-port", asked.cognito, USUAL_PORTS.cognito);
  const websocket = await choose("--websocket-port", asked.websocket, USUAL_PORTS.websocket);
  const page = await choose("--console-port", asked.console, USUAL_PORTS.console);
  return { api, cognito, websocket, console: page, lambda: await systemPort(chosen) };
}

const NAMES = {
  api: "HTTP API",
  cognito: "local Cognito",
  websocket: "WebSocket API",
  console: "console",
} as const;

/** For each part that is not at its default port without having been requested elsewhere: its port, and why. */
export function unusualPorts(asked: AskedPorts, ports: Ports): readonly string[] {
  const parts = ["api", "cognito", "websocket", "console"] as const;
  return parts.flatMap((part) => {
    const [usual, chosen] = [USUAL_PORTS[part], ports[part]];
    if (asked[part] !== undefined || chosen === usual) return [];
    const own = parts.find((other) => ports[other] === usual);
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

/** Whether nothing listens on the port, on 127.0.0.1 or on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  return (await whyNotFree(port)) === undefined;
}

function whyNotFree(port: number): Promise<Reason | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(hasCode(error, "EACCES") ? "forbidden" : "taken"));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
