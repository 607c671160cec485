import { ConfigurationError } from "../../errors.ts";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/**
 * Checks the name of a server: the URL at which clients call it, which is the audience of its tokens and which its
 * metadata repeats.
 *
 * @throws ConfigurationError if clients would spell it otherwise
 */
export function checkResource(resource: string): URL {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  const local = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url === undefined || (url.protocol !== "https:" && !local)) {
    throw new ConfigurationError(`\`resource\` is \`${resource}\`; expected the https URL of the MCP server`);
  }
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.href !== resource) {
    const fix = `${url.origin}${url.pathname}`;
    throw new ConfigurationError(
      `\`resource\` is \`${resource}\`, which clients spell otherwise; write \`${fix}\``,
    );
  }
  return url;
}

/**
 * Where clients look for the metadata of a server: its path comes after the well-known part (RFC 9728, section 3.1).
 *
 * @param resource the URL of the server, e.g. `https://mcp.example.com/mcp`
 * @throws ConfigurationError if it is not such a URL
 *
 * @example
 * import { resourceMetadataUrl } from "claimgate/mcp";
 *
 * // https://mcp.example.com/.well-known/oauth-protected-resource/mcp
 * console.log(resourceMetadataUrl("https://mcp.example.com/mcp"));
 */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname } = checkResource(resource);
  return `${origin}${WELL_KNOWN}${pathname === "/" ? "" : pathname}`;
}

/** What a server says of itself (RFC 9728, section 2). */
export interface ResourceMetadata {
  /** The URL of the server: the audience of its tokens. */
  readonly resource: string;
  /** The issuers of its tokens: `https://cognito-idp.REGION.amazonaws.com/POOL_ID`. */
  readonly authorization_servers: readonly string[];
  /** The scopes that clients ask for at first. */
  readonly scopes_supported?: readonly string[];
  readonly bearer_methods_supported: readonly ["header"];
  readonly resource_name?: string;
}

/** What the metadata of a server is made of. */
export interface ResourceMetadataOptions {
  /** The URL of the server. */
  readonly resource: string;
  /** The issuers of its tokens, at least one. */
  readonly authorizationServers: readonly string[];
  readonly scopes?: readonly string[] | undefined;
  /** The name of the server for people. */
  readonly name?: string | undefined;
}

/** The answer of a function behind a gateway. */
export interface McpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A handler for the metadata of an MCP server: a public route, since clients without a token read it.
 *
 * @throws ConfigurationError without an issuer, or for a `resource` that clients spell otherwise
 *
 * @example
 * import { createResourceMetadataHandler } from "claimgate/mcp";
 *
 * export const handler = createResourceMetadataHandler({
 *   resource: "https://mcp.example.com/mcp",
 *   authorizationServers: ["https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI"],
 *   scopes: ["orders-api/orders.read"],
 * });
 */
export function createResourceMetadataHandler(options: ResourceMetadataOptions): () => Promise<McpAnswer> {
  const { resource, authorizationServers, scopes, name } = options;
  checkResource(resource);
  if (authorizationServers.length === 0) throw new ConfigurationError("`authorizationServers` is empty");
  const metadata: ResourceMetadata = {
    resource,
    authorization_servers: authorizationServers,
    ...(scopes === undefined ? {} : { scopes_supported: scopes }),
    bearer_methods_supported: ["header"],
    ...(name === undefined ? {} : { resource_name: name }),
  };
  const answer: McpAnswer = {
    statusCode: 200,
    headers: {
      "content-type": "application/json",
      "cache-control": "max-age=300",
      // Clients in browsers read it, and it is for everyone.
      "access-control-allow-origin": "*",
    },
    body: JSON.stringify(metadata),
  };
  return () => Promise.resolve(answer);
}
