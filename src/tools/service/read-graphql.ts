import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, Kind, type OperationTypeDefinitionNode, parse } from "graphql";
import { objectOf, textsOf } from "../../json.ts";
import { whyNotRead } from "../machine/file-reason.ts";
import type { SchemaProblem, Service, ServiceField } from "./service.ts";

/** The known GraphQL schemas of a service. */
type GraphqlFacts = NonNullable<Service["graphql"]>;

/**
 * The service with the root fields of the schemas that `custom.graphqlSchemas` of serverless.yml names, a path or a
 * list of them.
 *
 * @param resolved the framework's resolved configuration
 * @param directory where serverless.yml is
 */
export function withGraphqlSchemas(service: Service, resolved: unknown, directory: string): Service {
  const named = textsOf([objectOf(objectOf(resolved)["custom"])["graphqlSchemas"] ?? []].flat());
  if (named.length === 0) return service;
  const facts = named.map((path) => factsOf(path, directory));
  return {
    ...service,
    graphql: {
      fields: facts.flatMap(({ fields }) => fields),
      problems: facts.flatMap(({ problems }) => problems),
    },
  };
}

function factsOf(path: string, directory: string): GraphqlFacts {
  try {
    return readRootFields(path, readFileSync(join(directory, path), "utf8"));
  } catch (error) {
    const message = `the GraphQL schema cannot be read: ${whyNotRead(error)}`;
    const fix = "fix the path under `custom.graphqlSchemas` of serverless.yml";
    return { fields: [], problems: [{ file: path, line: 1, column: 1, message, fix }] };
  }
}

/** The root fields of a schema in SDL; extensions count. */
export function readRootFields(file: string, text: string): GraphqlFacts {
  try {
    const { definitions } = parse(text);
    const roots = new Map<string, string>();
    for (const definition of definitions) {
      if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
      for (const root of definition.operationTypes ?? []) roots.set(root.type.name.value, spelled(root));
    }
    const operationOf = (type: string) =>
      roots.get(type) ?? (roots.size === 0 && OPERATIONS.includes(type) ? type : undefined);
    const fields = definitions.flatMap((definition): ServiceField[] => {
      const isObject =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
      const operation = isObject ? operationOf(definition.name.value) : undefined;
      if (!isObject || operation === undefined) return [];
      return (definition.fields ?? []).map(({ name, loc }) => ({
        file,
        line: loc?.startToken.line ?? 1,
        column: loc?.startToken.column ?? 1,
        type: definition.name.value,
        route: `${operation}.${name.value}`,
      }));
    });
    return { fields, problems: [] };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    return { fields: [], problems: [{ file, line, column, message: error.message } satisfies SchemaProblem] };
  }
}

const OPERATIONS: readonly string[] = ["Query", "Mutation", "Subscription"];

/** `query` becomes `Query`, as the policy spells it. */
function spelled({ operation }: OperationTypeDefinitionNode): string {
  return `${operation.slice(0, 1).toUpperCase()}${operation.slice(1)}`;
}
