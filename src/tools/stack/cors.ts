import { type JsonObject, objectOf } from "../../json.ts";
import { mapResources, type Resource, withProperties } from "../cloudformation/template.ts";
import { methodsOf } from "../service/cors.ts";
import { httpRoutesOf } from "../service/read-routes.ts";
import type { ParameterRule } from "./parameters.ts";
import type { StackInput } from "./stack.ts";

/** The valid values of parameter `corsOrigins`: origins as browsers send them, or `*`. */
export const CORS_ORIGINS: ParameterRule = {
  items: {
    test: /^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/,
    expected: "origins in lower case and without a path, such as `https://app.example.com`, or `*`",
  },
};

const PREFIX = "gatewayresponse.header";

/**
 * The stack with the same origins everywhere, and with the methods of its routes in the preflights of the HTTP API if
 * serverless.yml does not set them. For a REST API the framework sets them.
 *
 * The origins apply to the preflights of both APIs, to the REST API's gateway responses, and to functions behind the
 * REST API, which have to send the header themselves.
 */
export function withCors(stack: StackInput, origins: readonly string[]): StackInput {
  const http = objectOf(stack.provider["httpApi"]);
  const cors = http["cors"];
  const allowedMethods = objectOf(cors)["allowedMethods"] ?? methodsOf(httpRoutesOf(stack.functions));
  return {
    ...stack,
    provider:
      cors === undefined
        ? stack.provider
        : {
            ...stack.provider,
            httpApi: { ...http, cors: { ...objectOf(cors), allowedOrigins: origins, allowedMethods } },
          },
    functions: Object.fromEntries(
      Object.entries(stack.functions).map(([name, definition]) => [
        name,
        functionWithCors(objectOf(definition), origins),
      ]),
    ),
    resources: {
      ...stack.resources,
      Resources: mapResources(objectOf(stack.resources["Resources"]), (resource) =>
        resource.type === "AWS::ApiGateway::GatewayResponse"
          ? responseWithCors(resource, origins)
          : resource.json,
      ),
    },
  };
}

function functionWithCors(definition: JsonObject, origins: readonly string[]): JsonObject {
  let calledByBrowsers = false;
  const events = [definition["events"] ?? []].flat().map((event: unknown) => {
    const http = objectOf(objectOf(event)["http"]);
    if (http["cors"] === undefined) return event;
    calledByBrowsers = true;
    return { ...objectOf(event), http: { ...http, cors: { ...objectOf(http["cors"]), origins } } };
  });
  if (!calledByBrowsers) return definition;
  const environment = { ...objectOf(definition["environment"]), CLAIMGATE_CORS_ORIGINS: origins.join(" ") };
  return { ...definition, events, environment };
}

/**
 * A gateway response has fixed headers, so it cannot name several origins: then it says `*`. These answers contain one
 * word, and browsers send no credentials of their own to this API.
 */
function responseWithCors(resource: Resource, origins: readonly string[]): JsonObject {
  const [origin] = origins;
  const parameters = {
    [`${PREFIX}.Access-Control-Allow-Origin`]: `'${origins.length === 1 ? origin : "*"}'`,
    [`${PREFIX}.Access-Control-Expose-Headers`]: "'WWW-Authenticate'",
    ...objectOf(resource.properties["ResponseParameters"]),
  };
  return withProperties(resource, { ResponseParameters: parameters });
}
