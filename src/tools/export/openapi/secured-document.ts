import { sameJson } from "../../../json.ts";
import { shapeOf } from "../../access/route-shape.ts";
import type { OpenApiDocument, Operation, OwnValue } from "../../openapi/document.ts";
import { PERMISSIONS_KEY } from "../../openapi/read-document.ts";
import type { At } from "../../text/place.ts";
import { UneditableYaml } from "../../text/uneditable-yaml.ts";
import { EditableYaml } from "../../text/yaml-edits.ts";
import { type ApiOperation, REQUEST_METHODS } from "./api-operations.ts";
import { accessOf, type Described, type OperationAccess, responses, securityScheme } from "./components.ts";

/** What a document of others says once the policy is in it. */
export interface SecuredDocument {
  readonly text: string;
  /** The operations with a change: `GET /orders`. */
  readonly changed: readonly string[];
  /** Operations that the policy does not have; they stay as they are. */
  readonly unknown: readonly UnknownOperation[];
  /** Routes of the policy that the document does not have. */
  readonly missing: readonly string[];
}

interface UnknownOperation extends At {
  /** `GET /orders` */
  readonly operation: string;
  /** Whether it claims permissions, which are then of a former policy. */
  readonly isOutdated: boolean;
}

const BYTE_ORDER_MARK = "\uFEFF";

interface Sources {
  readonly text: string;
  readonly document: OpenApiDocument;
  /** What routes have before the paths of the document. */
  readonly basePath: string;
}

/**
 * Puts the policy into a document: `security`, permissions and the two refusals of each operation, and what they refer
 * to. Everything else keeps its characters; a 401 or 403 that an operation has, too.
 *
 * @throws UneditableYaml if an edit would have to guess
 */
export function securedDocument(
  { text, document, basePath }: Sources,
  operations: ReadonlyMap<string, ApiOperation>,
  described: Described,
): SecuredDocument {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    // The places of the document are counted without it.
    const made = securedDocument({ text: text.slice(1), document, basePath }, operations, described);
    return { ...made, text: `${BYTE_ORDER_MARK}${made.text}` };
  }
  const yaml = new EditableYaml(text);
  const changed: string[] = [];
  const unknown: UnknownOperation[] = [];
  const seen = new Set<string>();
  const shared = new Map<string, OperationAccess>();
  for (const operation of document.operations) {
    const route = `${operation.method} ${basePath}${operation.path}`;
    const found = operationsFor(operations, operation.method, `${basePath}${operation.path}`);
    if (found === undefined) {
      unknown.push({ ...operation.at, operation: route, isOutdated: operation.permissions !== undefined });
      continue;
    }
    for (const { method, path } of found) seen.add(shapeOf(`${method} ${path}`));
    const [first] = found;
    const access = accessOf(first, described);
    const key = operation.keys.join("\n");
    const other = shared.get(key);
    if (other !== undefined && !sameJson(other, access)) {
      throw new UneditableYaml(
        `\`${operation.path}\` shares its operations with a path of other permissions`,
      );
    }
    shared.set(key, access);
    if (secure(yaml, operation, access)) changed.push(route);
  }
  const isGuarded = [...shared.values()].some(({ security }) => security.length > 0);
  const isCompleted = isGuarded && addComponents(yaml, document, described);
  return {
    text: changed.length > 0 || isCompleted ? yaml.result() : text,
    changed,
    unknown,
    missing: [...operations]
      .filter(([key]) => !seen.has(key))
      .map(([, { method, path }]) => `${method} ${path}`),
  };
}

/** The operations of the policy that one of the document stands for: `ANY` for all methods, if they are alike. */
function operationsFor(
  operations: ReadonlyMap<string, ApiOperation>,
  method: string,
  path: string,
): readonly [ApiOperation, ...ApiOperation[]] | undefined {
  const found = (method === "ANY" ? REQUEST_METHODS : [method]).map((one) =>
    operations.get(shapeOf(`${one} ${path}`)),
  );
  const [first, ...more] = found;
  const isAlike = (one: ApiOperation | undefined): one is ApiOperation =>
    one !== undefined && sameJson(one.permissions, first?.permissions);
  return first !== undefined && more.every(isAlike) ? [first, ...more] : undefined;
}

/** Whether there was something to change. */
function secure(yaml: EditableYaml, operation: Operation, access: OperationAccess): boolean {
  const { keys } = operation;
  const missing = Object.entries(access.responses).filter(
    ([code]) => operation.responses?.includes(code) !== true,
  );
  // First, since `responses` may be the last entry of the operation, and all of this goes to its end.
  if (operation.responses === undefined) {
    if (missing.length > 0) yaml.addEntry(keys, "responses", access.responses);
  } else for (const [code, response] of missing) yaml.addEntry([...keys, "responses"], code, response);
  const hasSecurity = put(yaml, operation, "security", operation.ownSecurity, access.security);
  // A public operation has no list, but for one that it had before.
  const listed = access.permissions.length > 0 || operation.permissions !== undefined;
  const hasPermissions =
    !listed || put(yaml, operation, PERMISSIONS_KEY, operation.permissions, access.permissions);
  return missing.length > 0 || !hasSecurity || !hasPermissions;
}

/** Whether the operation has the value already. */
function put(
  yaml: EditableYaml,
  { keys }: Operation,
  name: string,
  own: OwnValue | undefined,
  value: unknown,
): boolean {
  if (own === undefined) yaml.addEntry(keys, name, value);
  else if (!sameJson(own.json, value)) yaml.replaceData(own.offset, name, value);
  else return true;
  return false;
}

/** Whether there was something to add. What is there already stays as it is. */
function addComponents(yaml: EditableYaml, { components }: OpenApiDocument, described: Described): boolean {
  const sections = {
    securitySchemes: { [described.scheme]: securityScheme(described) },
    responses: responses(described),
  };
  if (components === undefined) {
    yaml.addEntry([], "components", sections);
    return true;
  }
  const added = Object.entries(sections).flatMap(([section, entries]) => {
    const names = components.get(section);
    if (names === undefined) {
      yaml.addEntry(["components"], section, entries);
      return [section];
    }
    const missing = Object.entries(entries).filter(([name]) => !names.has(name));
    for (const [name, value] of missing) yaml.addEntry(["components", section], name, value);
    return missing.map(([name]) => name);
  });
  return added.length > 0;
}
