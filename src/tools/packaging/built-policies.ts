import { type JsonObject, objectOf } from "../../json.ts";
import { functionIds } from "../cloudformation/logical-names.ts";
import { mapResources, type Resource, withProperties } from "../cloudformation/template.ts";
import { POLICY_VERSION } from "../deployment/policy-version.ts";

/** The policies in the code of entry points that contain one, of this packaging. */
export type BuiltPolicies = ReadonlyMap<string, string>;

/** `src/handlers/orders.ts` and `src/handlers/orders.handler` belong to one entry point: `src/handlers/orders`. */
export function entryPointOf(path: string): string {
  return path.replace(/^\.\//, "").replace(/\.[^./]+$/, "");
}

/** The resources of a template; each function whose code contains a policy gets its version in the environment. */
export function withPolicyVersions(
  resources: JsonObject,
  functions: Readonly<Record<string, { readonly handler?: unknown }>>,
  built: BuiltPolicies,
): JsonObject {
  const versions = new Map(
    Object.entries(functions).flatMap(([name, { handler }]) => {
      const version = typeof handler === "string" ? built.get(entryPointOf(handler)) : undefined;
      return version === undefined ? [] : [[functionIds(name).function, version] as const];
    }),
  );
  return mapResources(resources, (resource) => {
    const version = versions.get(resource.id);
    return version === undefined ? resource.json : withVariable(resource, version);
  });
}

function withVariable(resource: Resource, version: string): JsonObject {
  const environment = objectOf(resource.properties["Environment"]);
  const variables = { ...objectOf(environment["Variables"]), [POLICY_VERSION]: version };
  return withProperties(resource, { Environment: { ...environment, Variables: variables } });
}
