import { trimEndOf } from "../../policy/trimmed-end.ts";
import type { YamlEntry, YamlNode } from "../text/yaml-text.ts";
import type { OpenApiDocument, OpenApiVersion, Operation, OwnValue, SecurityScheme } from "./document.ts";
import { DocumentNodes, entryOf, type Resolved } from "./document-nodes.ts";
import { readSchemes, readSecurity } from "./read-security.ts";

/** The extension of an operation that has its permissions: a list of names, of which any suffices. */
export const PERMISSIONS_KEY = "x-claimgate-permissions";

/** API Gateway's extension for the route `ANY`. */
const ANY_METHOD = "x-amazon-apigateway-any-method";

/** The fields of a path item that are operations. */
const METHOD_FIELDS: ReadonlyMap<string, string> = new Map([
  ...["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].map(
    (field) => [field, field.toUpperCase()] as const,
  ),
  [ANY_METHOD, "ANY"],
]);

/** Reads a document in YAML or JSON. Nothing of it is guessed: what cannot be read is a problem at its place. */
export function readOpenApi(file: string, text: string): OpenApiDocument {
  const nodes = new DocumentNodes(file, text);
  const version = nodes.problems.length > 0 ? undefined : versionOf(nodes);
  const start = { file, line: 1, column: 1 };
  if (version === undefined) return { ...NO_DOCUMENT, start, problems: nodes.problems };
  const schemes = readSchemes(nodes);
  const security = entryOf(nodes.root, "security")?.value;
  const common = security && readSecurity(nodes, security, schemes);
  const servers: OpenApiDocument["servers"][number][] = serversOf(nodes, nodes.root);
  const operations: Operation[] = [];
  for (const entry of nodes.entries(entryOf(nodes.root, "paths")?.value, "`paths`")) {
    if (entry.name.startsWith("x-")) continue;
    const item = itemOf(nodes, entry);
    if (item === undefined) continue;
    servers.push(...serversOf(nodes, item.node));
    for (const operation of operationsOf(nodes, entry.name, item)) {
      const own = ownValue(operation.value, "security");
      const listed = entryOf(operation.value, "security")?.value;
      servers.push(...serversOf(nodes, operation.value));
      operations.push({
        method: operation.method,
        path: entry.name,
        at: nodes.at(operation.offset),
        keys: operation.keys,
        security: listed === undefined ? common : readSecurity(nodes, listed, schemes),
        ownSecurity: own,
        permissions: permissionsOf(nodes, operation.value),
        responses: responsesOf(nodes, operation.value),
      });
    }
  }
  const components = componentsOf(nodes);
  return { version, start, schemes, operations, components, servers, problems: nodes.problems };
}

const NO_DOCUMENT = {
  version: "3.1",
  schemes: new Map<string, SecurityScheme>(),
  operations: [],
  components: undefined,
  servers: [],
} as const;

function componentsOf(nodes: DocumentNodes): OpenApiDocument["components"] {
  const components = entryOf(nodes.root, "components")?.value;
  if (components?.kind !== "map") return undefined;
  const namesOf = ({ value }: YamlEntry) =>
    new Set(value.kind === "map" ? value.entries.map(({ name }) => name) : []);
  return new Map(components.entries.map((entry) => [entry.name, namesOf(entry)]));
}

function versionOf(nodes: DocumentNodes): OpenApiVersion | undefined {
  const written = entryOf(nodes.root, "openapi")?.value;
  const [, minor] = /^3\.([012])(?:\.\d|$)/.exec(written?.kind === "text" ? written.value : "") ?? [];
  if (minor !== undefined) return `3.${minor}` as OpenApiVersion;
  const old = entryOf(nodes.root, "swagger");
  if (old === undefined) {
    nodes.report(
      written?.offset ?? 0,
      "the file is not an OpenAPI document of version 3.0, 3.1 or 3.2",
      "begin it with `openapi: 3.1.0`, in quotes if the version has two numbers",
    );
  } else {
    nodes.report(old.offset, "the document is of Swagger 2.0", "convert it to OpenAPI 3 first");
  }
  return undefined;
}

/** The path item, and the names that lead to it. */
function itemOf(nodes: DocumentNodes, { name, offset, value }: YamlEntry): Required<PathItem> | undefined {
  if (!name.startsWith("/")) {
    nodes.report(offset, `\`${name}\` is not a path`, "begin the path with `/`");
    return undefined;
  }
  const resolved: Resolved | undefined = nodes.resolved(value);
  if (resolved === undefined) return undefined;
  if (resolved.path !== undefined) {
    const beside = value.kind === "map" ? value.entries.find((one) => isOperation(one.name)) : undefined;
    if (beside !== undefined) {
      nodes.report(
        beside.offset,
        "the path has operations of its own beside a `$ref`, which readers take differently",
        "move them to the value that it refers to",
      );
      return undefined;
    }
  }
  return { node: resolved.node, keys: resolved.path ?? ["paths", name] };
}

interface PathItem {
  readonly node: YamlNode;
  readonly keys: readonly string[];
}

function isOperation(name: string): boolean {
  return METHOD_FIELDS.has(name) || name === "additionalOperations";
}

interface OperationEntry extends YamlEntry {
  readonly method: string;
  readonly keys: readonly string[];
}

function operationsOf(
  nodes: DocumentNodes,
  path: string,
  { node, keys }: PathItem,
): readonly OperationEntry[] {
  return nodes.entries(node, `\`${path}\``).flatMap((entry): readonly OperationEntry[] => {
    const method = METHOD_FIELDS.get(entry.name);
    const more =
      entry.name === "additionalOperations" ? nodes.entries(entry.value, "`additionalOperations`") : [];
    const own = method === undefined ? [] : [{ ...entry, method, keys: [...keys, entry.name] }];
    return [
      ...own,
      ...more.map((one) => ({ ...one, method: one.name, keys: [...keys, entry.name, one.name] })),
    ].filter(({ value }) => nodes.entries(value, "an operation").length > 0 || value.kind === "map");
  });
}

function ownValue(operation: YamlNode, name: string): OwnValue | undefined {
  const entry = entryOf(operation, name);
  return entry && { offset: entry.offset, json: jsonOf(entry.value) };
}

function permissionsOf(nodes: DocumentNodes, operation: YamlNode): Operation["permissions"] {
  const entry = entryOf(operation, PERMISSIONS_KEY);
  if (entry === undefined) return undefined;
  const names = nodes
    .items(entry.value, `\`${PERMISSIONS_KEY}\``)
    .flatMap((one) => nodes.text(one, "a permission") ?? []);
  return { offset: entry.offset, json: jsonOf(entry.value), names };
}

function responsesOf(nodes: DocumentNodes, operation: YamlNode): readonly string[] | undefined {
  const responses = entryOf(operation, "responses")?.value;
  return responses && nodes.entries(responses, "`responses`").map(({ name }) => name);
}

/** The value as JSON has it. */
function jsonOf(node: YamlNode): unknown {
  if (node.kind === "map")
    return Object.fromEntries(node.entries.map(({ name, value }) => [name, jsonOf(value)]));
  if (node.kind === "list") return node.items.map(jsonOf);
  return node.kind === "nothing" ? null : node.value;
}

/** The paths of the servers of a document, a path or an operation. */
function serversOf(nodes: DocumentNodes, node: YamlNode): OpenApiDocument["servers"][number][] {
  const servers = entryOf(node, "servers")?.value;
  if (servers === undefined) return [];
  return nodes.items(servers, "`servers`").flatMap((server) => {
    const url = entryOf(server, "url")?.value;
    const text = url && nodes.text(url, "the `url` of a server");
    return url === undefined || text === undefined
      ? []
      : [{ ...nodes.at(url.offset), path: pathOf(withDefaults(text, entryOf(server, "variables")?.value)) }];
  });
}

function withDefaults(url: string, variables: YamlNode | undefined): string {
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = entryOf(entryOf(variables, name)?.value, "default")?.value;
    return value?.kind === "text" ? value.value : whole;
  });
}

/** `https://api.example.com/v1/` -> `/v1` */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:/i, "").replace(/^\/\/[^/]*/, "");
  return trimEndOf(path.split(/[?#]/, 1)[0] ?? "", (character) => character === "/");
}
