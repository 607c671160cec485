import type { CustomDomains } from "../../authorizers/custom-domains.ts";
import { property } from "../../authorizers/event-shape.ts";
import { httpRoute } from "../../authorizers/request-route.ts";
import { ClaimgateError, ConfigurationError } from "../../errors.ts";
import type { GuardOptions } from "../require-permission.ts";

/** The options of a guard for a framework that can run as a server. */
export interface ServerGuardOptions extends GuardOptions {
  /**
   * Whether to believe the header `x-amzn-request-context`. Set it only where the Lambda Web Adapter is the one way to
   * the server: the adapter replaces the header in every request. Anyone who reaches the server past the adapter writes
   * the header, and with it any caller, themselves. The guard refuses to start outside Lambda.
   */
  readonly trustWebAdapterHeader?: boolean | undefined;
  /** Read instead of `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A request of a server behind the Lambda Web Adapter. */
export interface ServerRequest {
  /** The value of a header, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** As the server received it, percent-encoded, without a query. */
  readonly path: string;
}

const CONTEXT = "x-amzn-request-context";

/**
 * Reads the event of a request behind the Lambda Web Adapter, if the guard trusts it.
 *
 * @throws ConfigurationError if the options contradict each other, or the server does not run in Lambda
 */
export function webAdapterReader(
  options: ServerGuardOptions,
): ((request: ServerRequest) => unknown) | undefined {
  if (options.trustWebAdapterHeader !== true) return undefined;
  if (options.verify !== undefined) {
    throw new ConfigurationError(
      "`trustWebAdapterHeader` and `verify` exclude each other: the caller comes from the header or from the token",
    );
  }
  if (((options.environment ?? process.env)["AWS_LAMBDA_FUNCTION_NAME"] ?? "") === "") {
    throw new ConfigurationError(
      `\`trustWebAdapterHeader\` is set outside Lambda, where clients write \`${CONTEXT}\` themselves: use \`verify\``,
    );
  }
  return (request) => eventIn(request, options.customDomains);
}

/**
 * The event, as far as the adapter forwards it: its request context. The path parameters are read from the path by the
 * route that the gateway matched.
 *
 * @throws ConfigurationError if the adapter cannot have sent the request
 */
function eventIn({ header, path }: ServerRequest, domains: CustomDomains | undefined): unknown {
  // Lambda sets this header where it calls a server without the adapter, and leaves the other one to clients.
  // https://docs.aws.amazon.com/lambda/latest/dg/web-functions-http.html
  if (header("lambda-web-request-id") !== undefined) {
    throw new ConfigurationError(`a Web Function has no adapter that sets \`${CONTEXT}\`: use \`verify\``);
  }
  const requestContext = contextIn(header(CONTEXT));
  if (property(requestContext, "http") === undefined) return restEvent(requestContext, path);
  const rawPath = decodedPath(path);
  const event = { version: "2.0", routeKey: property(requestContext, "routeKey"), rawPath, requestContext };
  const route = attempt(() => httpRoute(event, domains));
  if (route?.template === undefined) return event;
  const startsAtRoute = route.unplaced === undefined;
  return { ...event, pathParameters: parametersIn(route.template, route.path, startsAtRoute) };
}

function restEvent(requestContext: unknown, path: string) {
  const resource = property(requestContext, "resourcePath");
  const event = { httpMethod: property(requestContext, "httpMethod"), resource, path, requestContext };
  if (typeof resource !== "string") return event;
  const domain = property(requestContext, "domainName");
  const isOwn = typeof domain === "string" && domain.includes(".execute-api.");
  return { ...event, pathParameters: parametersIn(resource, path, isOwn) };
}

/** Node reads a header as Latin-1; the adapter writes UTF-8. @throws ConfigurationError if it is not one JSON value */
function contextIn(value: string | undefined): unknown {
  if (value === undefined) {
    throw new ConfigurationError(
      `the request has no header \`${CONTEXT}\`: it does not come from the Lambda Web Adapter, so use \`verify\``,
    );
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "latin1")));
  } catch (cause) {
    throw new ConfigurationError(`header \`${CONTEXT}\` is not the JSON of the Lambda Web Adapter`, {
      cause,
    });
  }
}

/** The path of an HTTP API is decoded once, and the adapter escapes what a URL cannot contain. */
function decodedPath(path: string): string {
  try {
    const segments = path.split("/").map(decodeURIComponent);
    // Escaped twice by the client: the decision refuses it as it is.
    return segments.some((segment) => segment.includes("/")) ? path : segments.join("/");
  } catch {
    return path;
  }
}

/**
 * The values of the parameters of a template. A template without a greedy parameter has as many segments as the end of
 * the path, whatever stage or base path comes first.
 */
function parametersIn(
  template: string,
  path: string,
  startsAtRoute: boolean,
): Readonly<Record<string, string>> {
  const [names, segments] = [template.split("/"), path.split("/")];
  const isGreedy = template.endsWith("+}");
  if (isGreedy && !startsAtRoute) return {};
  const start = isGreedy ? 0 : segments.length - names.length;
  const found = names.flatMap((name, index): [string, string][] => {
    const [, parameter, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(name) ?? [];
    const value = greedy === "+" ? segments.slice(start + index).join("/") : segments[start + index];
    return parameter === undefined || value === undefined ? [] : [[parameter, value]];
  });
  return Object.fromEntries(found);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ClaimgateError && error.code === "request_malformed") return undefined;
    throw error;
  }
}
