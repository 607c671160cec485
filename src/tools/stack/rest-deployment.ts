import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../../json.ts";
import { withRenamed } from "../cloudformation/references.ts";
import { type Resource, resourcesIn, resourcesOf, withProperties } from "../cloudformation/template.ts";

/** How resources/gateways.yml names the deployment of the REST API. */
const DEPLOYMENT = "ApiGatewayDeployment";

/** What a deployment takes a snapshot of; a stage goes on answering as before until there is a new one. */
const SNAPSHOT =
  /^AWS::ApiGateway::(RestApi|Resource|Method|Authorizer|GatewayResponse|Model|RequestValidator)$/;

/**
 * The resources of a template with a deployment of the REST API that is made anew exactly when something changed
 * that it takes a snapshot of, and that waits for all of it.
 *
 * The framework makes a new one at every deploy, lets it wait for the methods only (so that gateway responses can
 * come too late for it), and has it make a stage that CloudFormation does not know. Here its logical name ends in
 * a digest of the API, and the stage is a resource that refers to it.
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
