import { nearest } from "../../policy/suggestion.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import type { RequiredScheme, Requirement, SecurityScheme } from "./document.ts";
import { type DocumentNodes, entryOf } from "./document-nodes.ts";

/** The flows whose tokens are those of users; `deviceAuthorization` is of OpenAPI 3.2. */
const USER_FLOWS = ["authorizationCode", "implicit", "password", "deviceAuthorization"];

/** The schemes of `components`. */
export function readSchemes(nodes: DocumentNodes): ReadonlyMap<string, SecurityScheme> {
  const components = entryOf(nodes.root, "components")?.value;
  const schemes = new Map<string, SecurityScheme>();
  for (const { name, value } of nodes.entries(
    entryOf(components, "securitySchemes")?.value,
    "`securitySchemes`",
  )) {
    const scheme = nodes.resolved(value);
    if (scheme !== undefined) schemes.set(name, schemeOf(nodes, scheme.node));
  }
  return schemes;
}

function schemeOf(nodes: DocumentNodes, node: YamlNode): SecurityScheme {
  const type = textIn(node, "type") ?? "";
  if (type === "openIdConnect") return { kind: "openIdConnect" };
  const scheme = textIn(node, "scheme")?.toLowerCase();
  if (type === "http" && scheme === "bearer") return { kind: "bearer" };
  if (type !== "oauth2")
    return { kind: "other", type: type === "http" ? `http ${scheme ?? ""}`.trim() : type };
  const flows = entryOf(node, "flows")?.value;
  const scopesOf = (names: readonly string[]) => {
    const found = names.flatMap((name) => entryOf(flows, name) ?? []);
    if (found.length === 0) return undefined;
    return new Set(
      found.flatMap(({ value }) =>
        nodes.entries(entryOf(value, "scopes")?.value, "`scopes`").map(({ name }) => name),
      ),
    );
  };
  return { kind: "oauth2", userScopes: scopesOf(USER_FLOWS), machineScopes: scopesOf(["clientCredentials"]) };
}

function textIn(node: YamlNode, name: string): string | undefined {
  const value = entryOf(node, name)?.value;
  return value?.kind === "text" ? value.value : undefined;
}

/** The requirements of a `security`. */
export function readSecurity(
  nodes: DocumentNodes,
  node: YamlNode,
  schemes: ReadonlyMap<string, SecurityScheme>,
): readonly Requirement[] {
  return nodes.items(node, "`security`").map((item) => ({
    at: nodes.at(item.offset),
    schemes: nodes.entries(item, "a security requirement").map(({ name, offset, value }): RequiredScheme => {
      if (!schemes.has(name)) {
        const meant = nearest(name, [...schemes.keys()]);
        const fix =
          meant === undefined ? "add it to `components.securitySchemes`" : `did you mean \`${meant}\`?`;
        nodes.report(offset, `the document has no security scheme \`${name}\``, fix);
      }
      const names = nodes.items(value, `\`${name}\``).flatMap((one) => {
        const text = nodes.text(one, `a name of \`${name}\``);
        return text === undefined ? [] : [{ text, at: nodes.at(one.offset) }];
      });
      return { name, at: nodes.at(offset), names };
    }),
  }));
}
