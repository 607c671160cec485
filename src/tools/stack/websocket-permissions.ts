import type { JsonObject } from "../../json.ts";
import { mapResources, type Resource, withProperties } from "../cloudformation/template.ts";

/** The framework's logical names of the API and of its functions' permissions. */
const API = "WebsocketsApi";
const PERMISSION = /LambdaPermissionWebsockets$/;

/**
 * The resources with permissions for the service's own WebSocket API only. The framework lets any API Gateway of any
 * account call the functions: anyone who knows a function's ARN could send it forged events.
 *
 * @param apiId `provider.apiGateway.websocketApiId`, if the service adds its routes to an API that it does not declare
 */
export function withOwnWebsocketPermissions(resources: JsonObject, apiId?: unknown): JsonObject {
  if (apiId === undefined && !Object.hasOwn(resources, API)) return resources;
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: CloudFormation puts the values in.
  const apis = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}";
  const SourceArn = {
    "Fn::Sub": apiId === undefined ? `${apis}:\${${API}}/*` : [`${apis}:\${ApiId}/*`, { ApiId: apiId }],
  };
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: CloudFormation puts the values in.
  return mapResources(resources, (resource) => {
    const wide = PERMISSION.test(resource.id) && resource.properties["SourceArn"] === undefined;
    return wide ? narrowed(resource, SourceArn) : resource.json;
  });
}

/** References in properties need no `DependsOn`; an alias, which is named in a string, does. */
function narrowed(resource: Resource, SourceArn: object): JsonObject {
  const { DependsOn: _needs, Properties, ...rest } = withProperties(resource, { SourceArn });
  const others = resource.dependsOn.filter((need) => need !== API && !need.endsWith("LambdaFunction"));
  return { ...rest, ...(others.length > 0 && { DependsOn: others }), Properties };
}
