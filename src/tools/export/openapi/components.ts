import { PERMISSIONS_KEY } from "../../openapi/read-document.ts";
import type { ApiOperation } from "./api-operations.ts";

/** How the document describes tokens and refusals. */
export interface Described {
  /** The name of the security scheme. */
  readonly scheme: string;
  /** The domain of the pool, `https://auth.example.com`: people sign in there. Undefined for a bearer token. */
  readonly loginUrl: string | undefined;
  /** The gateways of the API; empty if they are not known. */
  readonly gateways: ReadonlySet<"http" | "rest">;
}

/** The names of the two responses in `components.responses`. */
const RESPONSES = { "401": "ClaimgateUnauthorized", "403": "ClaimgateForbidden" } as const;

/** What each operation gets. */
export interface OperationAccess {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** Empty for a public operation, which then has no list. */
  readonly permissions: readonly string[];
  /** Code -> response; none for a public operation. */
  readonly responses: Readonly<Record<string, { readonly $ref: string }>>;
}

export function accessOf({ permissions }: ApiOperation, { scheme }: Described): OperationAccess {
  if (permissions.length === 0) return { security: [], permissions, responses: {} };
  return {
    security: [{ [scheme]: [] }],
    permissions,
    responses: Object.fromEntries(
      Object.entries(RESPONSES).map(([code, name]) => [code, { $ref: `#/components/responses/${name}` }]),
    ),
  };
}

/** `components.securitySchemes` */
export function securityScheme({ loginUrl }: Described): Readonly<Record<string, unknown>> {
  const description = `An access token of Amazon Cognito. \`${PERMISSIONS_KEY}\` of an operation lists permissions: the caller needs one of them.`;
  if (loginUrl === undefined) return { type: "http", scheme: "bearer", bearerFormat: "JWT", description };
  const base = loginUrl.replace(/\/$/, "");
  const tokenUrl = `${base}/oauth2/token`;
  return {
    type: "oauth2",
    description,
    flows: {
      authorizationCode: {
        authorizationUrl: `${base}/oauth2/authorize`,
        tokenUrl,
        refreshUrl: tokenUrl,
        scopes: { openid: "Sign in" },
      },
    },
  };
}

/** `components.responses`: what the gateways answer (docs/gateways.md). */
export function responses({ gateways }: Described): Readonly<Record<string, unknown>> {
  const [unauthorized, forbidden] = descriptions(gateways);
  return {
    [RESPONSES["401"]]: response(unauthorized, gateways),
    [RESPONSES["403"]]: response(forbidden, gateways),
  };
}

function descriptions(gateways: Described["gateways"]): readonly [unauthorized: string, forbidden: string] {
  if (gateways.size !== 1) {
    return [
      "The request has no token. A REST API also answers so to a token that is not valid.",
      "The caller has none of the permissions. An HTTP API also answers so to a token that is not valid.",
    ];
  }
  return gateways.has("http")
    ? ["The request has no token.", "The token is not valid, or the caller has none of the permissions."]
    : ["The request has no token, or one that is not valid.", "The caller has none of the permissions."];
}

function response(description: string, gateways: Described["gateways"]): Readonly<Record<string, unknown>> {
  const schema = { type: "object", properties: { message: { type: "string" } } };
  const challenge = { description: "RFC 6750, section 3", schema: { type: "string" } };
  return {
    description,
    ...(gateways.has("rest") && { headers: { "WWW-Authenticate": challenge } }),
    content: { "application/json": { schema } },
  };
}
