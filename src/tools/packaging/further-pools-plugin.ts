import type { Plugin } from "esbuild";
import { objectOf } from "../../json.ts";
import { FURTHER_POOLS } from "../../lambda/further-pools.ts";

const NAMESPACE = "claimgate-further-pools";

/** Functions of a service, as the framework resolves them. */
type Functions = Readonly<Record<string, { readonly environment?: Readonly<Record<string, unknown>> }>>;

/**
 * Puts the further user pools into the bundle: `#further-pools` becomes a module with their list, as JSON in a string,
 * so that a thousand pools do not exceed Lambda's environment. The stage parameters were checked before.
 */
export function furtherPoolsPlugin(functions: () => Functions): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /^#further-pools$/ }, ({ path }) => ({ path, namespace: NAMESPACE }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => {
        const list = JSON.stringify(listOf(functions()));
        return { contents: `const list = ${list}; export const furtherPools = () => JSON.parse(list);` };
      });
    },
  };
}

/** @throws Error if functions have different lists: a bundle does not know its function */
function listOf(functions: Functions): string {
  const told = Object.values(functions).flatMap(({ environment }) => environment?.[FURTHER_POOLS] ?? []);
  const [list = "[]", ...others] = new Set(told);
  if (others.length > 0)
    throw new Error(`\`${FURTHER_POOLS}\` differs between functions; expected one list for all`);
  if (typeof list === "string") return list;
  throw new Error(`\`${FURTHER_POOLS}\` is known only after the deployment; expected a list as JSON`);
}

/** The resources of a template. Functions with the list in their code lose the environment variable. */
export function withoutFurtherPools(
  resources: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [id, withoutVariable(resource)]),
  );
}

function withoutVariable(resource: unknown): unknown {
  const { Type: type, Properties: properties } = objectOf(resource);
  const { Environment: environment } = objectOf(properties);
  const { [FURTHER_POOLS]: told, ...Variables } = objectOf(objectOf(environment)["Variables"]);
  if (type !== "AWS::Lambda::Function" || told === undefined) return resource;
  return { ...objectOf(resource), Properties: { ...objectOf(properties), Environment: { Variables } } };
}
