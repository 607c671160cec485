import type { IncomingMessage } from "node:http";

/** The headers and the port that tell the origin and the target of a request. */
export interface Visit {
  /** The `Host` header. */
  readonly host: string | undefined;
  /** The `Origin` header: browsers send it with requests of pages, programs do not. */
  readonly origin: string | undefined;
  /** The port that the request arrived at. */
  readonly port: number;
}

/** The input of {@link refusalOf}, from a request of Node. */
export function visitOf(request: IncomingMessage): Visit {
  const { host, origin } = request.headers;
  return { host, origin, port: request.socket.localPort ?? 0 };
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 403 | 421;
  readonly message: string;
}

/** The names of this machine, as they appear in `Host`. Any other name may be an attacker's that resolves to it. */
const OWN_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether the local stack refuses a request. Listening on loopback keeps other machines out, but not the pages that a
 * browser on this machine has open: they can send requests to any port, and with a name of their own that resolves to
 * 127.0.0.1 (DNS rebinding) they can read the answers.
 *
 * @param trusted origins of pages that may call, e.g. `http://localhost:5173`; `*` is every page
 */
export function refusalOf({ host, origin, port }: Visit, trusted: readonly string[]): Refusal | undefined {
  if (!isOwnHost(host, port)) {
    return {
      status: 421,
      message: `the local stack answers as localhost:${port} and 127.0.0.1:${port} only`,
    };
  }
  if (origin === undefined || isOwnOrigin(origin, port)) return undefined;
  if (trusted.includes(origin) || trusted.includes("*")) return undefined;
  return {
    status: 403,
    message:
      trusted.length === 0
        ? "the local stack does not answer pages of another origin here; programs on this machine may call"
        : "the local stack does not answer pages of this origin; those of the callback URLs of the app clients may call, and those that CORS of the API lists",
  };
}

function isOwnHost(host: string | undefined, port: number): boolean {
  const [, name = "", given] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(host ?? "") ?? [];
  return OWN_HOSTS.has(name.toLowerCase()) && Number(given ?? 80) === port;
}

function isOwnOrigin(origin: string, port: number): boolean {
  const scheme = "http://";
  return origin.startsWith(scheme) && isOwnHost(origin.slice(scheme.length), port);
}

/** The CORS headers of an answer to a page that may read it; none for any other page. */
export function corsHeaders(
  { origin, port }: Pick<Visit, "origin" | "port">,
  trusted: readonly string[],
): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  const may = isOwnOrigin(origin, port) || trusted.includes(origin);
  return may ? { "access-control-allow-origin": origin, vary: "Origin" } : { vary: "Origin" };
}
