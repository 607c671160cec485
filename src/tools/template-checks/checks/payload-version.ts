import { isOfWebSocket } from "../../cloudformation/invocations.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** The payload format of claimgate's HTTP authorizer, left to a default or set to an unsupported version. */
export const payloadVersion: TemplateCheck = {
  id: "payload-version",
  summary: "an authorizer or integration of an HTTP API without an explicit payload format version",
  check,
};

function* check(template: Template): Iterable<TemplateProblem> {
  for (const resource of resourcesOf(template, "AWS::ApiGatewayV2::Authorizer")) {
    const { id, properties } = resource;
    const {
      AuthorizerType: type,
      AuthorizerPayloadFormatVersion: version,
      EnableSimpleResponses: simple,
    } = properties;
    // A WebSocket API's authorizer has no payload version; it is the one without simple responses and version.
    if (type !== "REQUEST" || isOfWebSocket(template, resource)) continue;
    if (version === undefined) yield* missing(id, "AuthorizerPayloadFormatVersion");
    else if (String(simple) === "true" && String(version) !== "2.0") {
      yield {
        resource: id,
        property: "AuthorizerPayloadFormatVersion",
        message: `is ${String(version)}, but only 2.0 has simple responses: API Gateway does not understand the answer \`isAuthorized\``,
        fix: 'set `payloadVersion: "2.0"`',
      };
    }
  }
  for (const resource of resourcesOf(template, "AWS::ApiGatewayV2::Integration")) {
    const { id, properties } = resource;
    if (properties["IntegrationType"] !== "AWS_PROXY" || isOfWebSocket(template, resource)) continue;
    if (properties["PayloadFormatVersion"] === undefined) yield* missing(id, "PayloadFormatVersion");
  }
}

function* missing(resource: string, property: string): Iterable<TemplateProblem> {
  yield {
    resource,
    property,
    message: "is not set, so a default decides the shape of the event",
    fix: 'set it to "2.0"',
  };
}
