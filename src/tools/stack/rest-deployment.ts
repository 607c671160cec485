import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../../json.ts";
import { withRenamed } from "../cloudformation/references.ts";
import { type Resource, resourcesIn, resourcesOf, withProperties } from "../cloudformation/template.ts";

/** The logical name of the REST API's deployment in resources/gateways.yml. */
const DEPLOYMENT = "ApiGatewayDeployment";

/** The resources in the snapshot of a deployment; a stage does not change its answers until there is a new one. */
const SNAPSHOT =
  /^AWS::ApiGateway::(RestApi|Resource|Method|Authorizer|GatewayResponse|Model|RequestValidator)$/;

/**
 * The resources of a template with a deployment of the REST API that is new exactly when something in its snapshot
 * changed, and that waits for all of it.
 *
 * The framework makes a new one at every deploy, makes it wait only for the methods (so gateway responses can come too
 * late for it), and has it create a stage that CloudFormation does not know. Here its logical name ends in a digest of
 * the API, and the stage is a resource that refers to it.
 */
export function pinRestDeployment(resources: JsonObject): JsonObject {
  const template = { resources: resourcesIn(resources) };
  const [deployment] = resourcesOf(template, "AWS::ApiGateway::Deployment");
  if (deployment === undefined) return resources;
  const captured = [...template.resources.values()].filter(({ type }) => SNAPSHOT.test(type));
  const id = `${DEPLOYMENT}${digestOf(captured)}`;
  const pinned = {
    ...withProperties(deployment, { StageName: undefined }),
    DependsOn: captured.map((resource) => resource.id).sort(),
  };
  const old = new Set([deployment.id, DEPLOYMENT]);
  const named = Object.entries(resources).map(([name, resource]) =>
    name === deployment.id ? [id, pinned] : [name, withRenamed(resource, old, id)],
  );
  return Object.fromEntries(named) as JsonObject;
}

function digestOf(captured: readonly Resource[]): string {
  const content = Object.fromEntries(captured.map(({ id, json }) => [id, json]));
  return createHash("sha256").update(canonicalJson(content)).digest("hex").slice(0, 16);
}
