import { objectOf, textsOf } from "../../../json.ts";
import { type ClientRequest, type GatewayAnswer, headerValues, type Pairs } from "../request.ts";

/** The `CorsConfiguration` of an HTTP API. */
export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAge: number | undefined;
}

export function corsOf(value: unknown): Cors | undefined {
  if (value === undefined) return undefined;
  const written = objectOf(value);
  const maxAge = Number(written["MaxAge"] ?? Number.NaN);
  return {
    origins: textsOf(written["AllowOrigins"]),
    methods: textsOf(written["AllowMethods"]),
    headers: textsOf(written["AllowHeaders"]),
    exposed: textsOf(written["ExposeHeaders"]),
    credentials: written["AllowCredentials"] === true,
    maxAge: Number.isNaN(maxAge) ? undefined : maxAge,
  };
}

export function isPreflight(request: ClientRequest): boolean {
  return (
    request.method === "OPTIONS" &&
    headerValues(request, "origin").length > 0 &&
    headerValues(request, "access-control-request-method").length > 0
  );
}

/** API Gateway's own answer to a preflight: 204, without CORS headers for an origin that is not allowed. */
export function preflightAnswer(cors: Cors, request: ClientRequest): GatewayAnswer {
  const allowed = allowedOrigin(cors, request);
  if (allowed === undefined) return { status: 204, headers: [], body: "" };
  const named: Pairs = [
    ["access-control-allow-methods", cors.methods.join(",")],
    ["access-control-allow-headers", cors.headers.join(",")],
    ["access-control-max-age", String(cors.maxAge ?? "")],
  ];
  return {
    status: 204,
    headers: [...originHeaders(cors, allowed), ...named.filter(([, value]) => value !== "")],
    body: "",
  };
}

/** The answer with the CORS headers of the API in place of those of the function, which API Gateway ignores. */
export function withCors(
  answer: GatewayAnswer,
  cors: Cors | undefined,
  request: ClientRequest,
): GatewayAnswer {
  if (cors === undefined) return answer;
  const kept = answer.headers.filter(([name]) => !name.toLowerCase().startsWith("access-control-"));
  const allowed = allowedOrigin(cors, request);
  if (allowed === undefined) return { ...answer, headers: kept };
  const exposed: Pairs =
    cors.exposed.length === 0 ? [] : [["access-control-expose-headers", cors.exposed.join(",")]];
  return { ...answer, headers: [...kept, ...originHeaders(cors, allowed), ...exposed] };
}

function originHeaders({ credentials }: Cors, allowed: string): Pairs {
  return [
    ["access-control-allow-origin", allowed],
    ...(allowed === "*" ? [] : [["vary", "Origin"] as const]),
    ...(credentials ? [["access-control-allow-credentials", "true"] as const] : []),
  ];
}

function allowedOrigin({ origins }: Cors, request: ClientRequest): string | undefined {
  const [origin] = headerValues(request, "origin");
  if (origin === undefined) return undefined;
  if (origins.includes("*")) return "*";
  const fits = (allowed: string) =>
    allowed === origin || (allowed.endsWith("://*") && origin.startsWith(allowed.slice(0, -1)));
  return origins.some(fits) ? origin : undefined;
}
