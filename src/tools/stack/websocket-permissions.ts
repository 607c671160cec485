import { type JsonObject, objectOf } from "../../json.ts";

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
  return Object.fromEntries(
    Object.entries(resources).map(([id, value]) => {
      const resource = objectOf(value);
      const properties = objectOf(resource["Properties"]);
      const wide = PERMISSION.test(id) && properties["SourceArn"] === undefined;
      return [id, wide ? narrowed(resource, SourceArn) : value];
    }),
  );
}

/** What the properties refer to needs no `DependsOn`; an alias, which is named by its text, does. */
function narrowed({ DependsOn: needs, ...resource }: JsonObject, SourceArn: object): JsonObject {
  const properties = { ...objectOf(resource["Properties"]), SourceArn };
  const others = [needs ?? []]
    .flat()
    .filter((need) => need !== API && !String(need).endsWith("LambdaFunction"));
  return {
    ...resource,
    ...(others.length > 0 && { DependsOn: others }),
    Properties: properties,
  };
}
