import { createHash } from "node:crypto";
import { type JsonObject, objectOf } from "../../json.ts";
import { withRenamed } from "../cloudformation/references.ts";

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
  const framework = Object.keys(resources).find(
    (id) => objectOf(resources[id])["Type"] === "AWS::ApiGateway::Deployment",
  );
  if (framework === undefined) return resources;
  const captured = Object.entries(resources).filter(([, resource]) =>
    SNAPSHOT.test(String(objectOf(resource)["Type"])),
  );
  const id = `${DEPLOYMENT}${digestOf(captured)}`;
  const deployment = objectOf(resources[framework]);
  const { StageName: _stage, ...properties } = objectOf(deployment["Properties"]);
  const pinned = {
    ...deployment,
    Properties: properties,
    DependsOn: captured.map(([name]) => name).sort(),
  };
  const named = Object.entries(resources).map(([name, resource]) =>
    name === framework ? [id, pinned] : [name, withRenamed(resource, new Set([framework, DEPLOYMENT]), id)],
  );
  return Object.fromEntries(named) as JsonObject;
}

function digestOf(captured: readonly (readonly [string, unknown])[]): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(Object.fromEntries(captured))))
    .digest("hex")
    .slice(0, 16);
}

/** The same in whatever order it was written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]: [string, unknown]) => [key, sorted(inner)]));
}
