import { parseTemplate } from "../../../policy/route.ts";
import { PERMISSIONS_KEY } from "../../openapi/read-document.ts";
import type { ApiOperation } from "./api-operations.ts";
import { accessOf, type Described, responses, securityScheme } from "./components.ts";

/** What a new document says of the API as a whole. */
export interface DocumentHead {
  readonly version: "3.0" | "3.1";
  readonly title: string;
}

/** A document that has each operation and who may call it, for others to complete. */
export function newDocument(
  operations: Iterable<ApiOperation>,
  described: Described,
  { version, title }: DocumentHead,
): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const item = paths[operation.path] ?? itemOf(operation.path);
    paths[operation.path] = item;
    item[operation.method.toLowerCase()] = operationOf(operation, described);
  }
  return {
    openapi: version === "3.0" ? "3.0.3" : "3.1.0",
    info: { title, version: "1.0.0" },
    paths,
    components: {
      securitySchemes: { [described.scheme]: securityScheme(described) },
      responses: responses(described),
    },
  };
}

function itemOf(path: string): Record<string, unknown> {
  const parameters = (parseTemplate(path) ?? []).flatMap((segment) =>
    segment.kind === "literal"
      ? []
      : [{ name: segment.name, in: "path", required: true, schema: { type: "string" } }],
  );
  return parameters.length === 0 ? {} : { parameters };
}

function operationOf(operation: ApiOperation, described: Described): Readonly<Record<string, unknown>> {
  const access = accessOf(operation, described);
  return {
    security: access.security,
    ...(access.permissions.length > 0 && { [PERMISSIONS_KEY]: access.permissions }),
    responses: { ...access.responses, default: { description: "The answer of the service" } },
  };
}
