/** Names and values in their order, names as they were sent. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** A request as a client sends it. */
export interface ClientRequest {
  /** The id that API Gateway gives it. */
  readonly id: string;
  readonly method: string;
  /** Path and query as sent, percent-encoded. */
  readonly target: string;
  readonly headers: Pairs;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** `HTTP/1.1` */
  readonly protocol: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** The answer to a client. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Pairs;
  readonly body: string | Uint8Array;
}

export function jsonAnswer(status: number, body: unknown, headers: Pairs = []): GatewayAnswer {
  return { status, headers: [["content-type", "application/json"], ...headers], body: JSON.stringify(body) };
}

/** The path as sent. */
export function pathOf({ target }: Pick<ClientRequest, "target">): string {
  return target.split("?", 1)[0] ?? "";
}

/** The query as sent, without `?`. */
export function rawQueryOf({ target }: Pick<ClientRequest, "target">): string {
  const from = target.indexOf("?");
  return from < 0 ? "" : target.slice(from + 1);
}

/** The parameters of the query, decoded. */
export function queryOf(request: Pick<ClientRequest, "target">): Pairs {
  return [...new URLSearchParams(rawQueryOf(request))];
}

/** All values of a header, whatever its case. */
export function headerValues({ headers }: Pick<ClientRequest, "headers">, name: string): readonly string[] {
  return valuesOf(
    headers.map(([key, value]) => [key.toLowerCase(), value]),
    name.toLowerCase(),
  );
}

export function valuesOf(pairs: Pairs, name: string): readonly string[] {
  return pairs.filter(([key]) => key === name).map(([, value]) => value);
}

/** Name -> all its values. */
export function multiValued(pairs: Pairs): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

/** Decoded once; as it is if it does not decode. */
export function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `12/Mar/2020:19:03:58 +0000`, as events have it. */
export function requestTime(at: number): string {
  const [, day = "", month = "", year = "", time = ""] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
