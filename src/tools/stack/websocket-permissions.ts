import type { JsonObject } from "../../json.ts";
import { mapResources, type Resource, withProperties } from "../cloudformation/template.ts";

/** As the framework names the API and the permissions of its functions. */
const API = "WebsocketsApi";
const PERMISSION = /LambdaPermissionWebsockets$/;

/**
 * The resources with permissions for the stack's own WebSocket API alone. The framework lets every API Gateway of every
 * account call the functions: whoever knows a function's ARN could send it events of their own making.
 */
export function withOwnWebsocketPermissions(resources: JsonObject): JsonObject {
  if (!Object.hasOwn(resources, API)) return resources;
  const SourceArn = {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation puts the values in.
    "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/*",
  };
  return mapResources(resources, (resource) => {
    const wide = PERMISSION.test(resource.id) && resource.properties["SourceArn"] === undefined;
    return wide ? narrowed(resource, SourceArn) : resource.json;
  });
}

/** What the properties refer to needs no `DependsOn`; an alias, which is named by its text, does. */
function narrowed(resource: Resource, SourceArn: object): JsonObject {
  const { DependsOn: _needs, Properties, ...rest } = withProperties(resource, { SourceArn });
  const others = resource.dependsOn.filter((need) => need !== API && !need.endsWith("LambdaFunction"));
  return { ...rest, ...(others.length > 0 && { DependsOn: others }), Properties };
}
