import { type JsonObject, objectOf, objectsOf, textOf } from "../../../json.ts";
import { type ClientRequest, type GatewayAnswer, headerValues, type Pairs } from "../request.ts";

/** The answer of a mock integration to a preflight, as the framework packages it. */
export interface Preflight {
  readonly status: number;
  readonly headers: Pairs;
  /** Origins, as regular expressions, that replace `Access-Control-Allow-Origin` if they match. */
  readonly origins: readonly RegExp[];
}

/** Undefined for an integration that is not a mock. */
export function preflightOf(integration: JsonObject): Preflight | undefined {
  if (integration["Type"] !== "MOCK") return undefined;
  const [response = {}] = objectsOf(integration["IntegrationResponses"]);
  const headers = Object.entries(objectOf(response["ResponseParameters"])).flatMap(([name, value]) => {
    const header = /^method\.response\.header\.(.+)$/.exec(name)?.[1];
    const literal = /^'(.*)'$/.exec(String(value))?.[1];
    return header === undefined || literal === undefined ? [] : [[header, literal] as const];
  });
  const template = textOf(objectOf(response["ResponseTemplates"])["application/json"]) ?? "";
  const origins = [...template.matchAll(/\$origin\.matches\("([^"]*)"\)/g)].map(
    ([, pattern = ""]) => pattern,
  );
  return {
    status: Number(response["StatusCode"] ?? 200),
    headers,
    origins: origins.map((pattern) => new RegExp(`^(?:${pattern})$`)),
  };
}

export function answerPreflight(
  { status, headers, origins }: Preflight,
  request: ClientRequest,
): GatewayAnswer {
  const [origin] = headerValues(request, "origin");
  const own = origin !== undefined && origins.some((pattern) => pattern.test(origin));
  const sent = headers.map(([name, value]) =>
    own && name.toLowerCase() === "access-control-allow-origin"
      ? ([name, origin] as const)
      : ([name, value] as const),
  );
  return { status, headers: [["content-type", "application/json"], ...sent], body: "" };
}
