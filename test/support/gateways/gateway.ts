import type { AuthorizerDependencies } from "../../../src/authorizers/run-authorizer.ts";
import type { GatewayEvent } from "../authorization.ts";

/** A request as a client sends it, whichever gateway takes it. */
export interface Attempt {
  /** The values of all `Authorization` headers. */
  readonly authorization: readonly string[];
  /** What the gateway matched; `GET /orders/{orderId}` unless said otherwise. */
  readonly route?: string;
  /** The request's own method, where it is not the route's. */
  readonly method?: string;
  /** As it comes over the wire, percent-encoded. */
  readonly path?: string;
  /** As it comes over the wire; a gateway that decodes the path decodes these too. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of an HTTP API: `$default` unless said otherwise. */
  readonly stage?: string;
  /** Of an HTTP API: its own unless said otherwise. */
  readonly domainName?: string | null;
  /** Of an HTTP API: what its ARN has behind the method; the path unless said otherwise. */
  readonly arnPath?: string;
}

type Authorizer = (event: unknown) => Promise<object>;

/**
 * What the attack, property, contract and documentation tests need to know of a gateway. One file each in this folder;
 * the table is in gateways.ts.
 */
export interface GatewayDefinition {
  /** As docs/gateways.md calls it. */
  readonly title: string;
  /** As serverless.yml and the manifests in events/ call it. */
  readonly functionName: string;
  /** Whether it can answer 401. */
  readonly says401: boolean;
  /** Whether its requests have a method and a path, or are about one route or all fields. */
  readonly hasPaths: boolean;
  readonly hasHeaders: boolean;
  /** Where it may keep an IAM policy for the next request: the field of the event with the ARN of this one. */
  readonly keepsPolicyFor?: "methodArn" | "routeArn";
  readonly eventOf: (attempt: Attempt) => Readonly<Record<string, unknown>>;
  /** What a backend behind it gets, apart from what the authorizer said; undefined where it has no path. */
  readonly backendEvent?: (attempt: Attempt) => GatewayEvent;
  /** The authorizer by its defaults first, then with its other settings. */
  readonly authorizers: readonly [Create, ...Create[]];
}

type Create = (deps: AuthorizerDependencies) => Authorizer;

const DEFAULT_ROUTE = "GET /orders/{orderId}";
const DEFAULT_PATH = "/orders/order-1";

/** The attempt in the words of an event. */
export function partsOf(attempt: Attempt) {
  const { route = DEFAULT_ROUTE, method, path = DEFAULT_PATH, parameters, headers = {} } = attempt;
  const [routeMethod = "", template = ""] = route === "$default" ? ["ANY", "$default"] : route.split(" ");
  const own = method ?? (routeMethod === "ANY" ? "GET" : routeMethod);
  const named = parameters ?? (route === DEFAULT_ROUTE ? { orderId: path.split("/").at(-1) ?? "" } : {});
  return { routeMethod, template, method: own, path, parameters: named, headers };
}

/** The one token that a gateway without headers passes on. */
export function tokenIn({ authorization }: Attempt): string | undefined {
  return authorization.length === 0 ? undefined : authorization.join(",");
}
