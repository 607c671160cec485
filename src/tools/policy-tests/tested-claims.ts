import type { PolicyFile } from "../../policy/compile.ts";
import { readYaml, type YamlNode } from "../text/yaml-text.ts";

/** The ending of a policy test's name. */
export const TEST_SUFFIX = ".test.yaml";

/** The claims that principals of policy tests have. `claimgate test` reports a file that is not valid YAML. */
export function testedClaims(files: readonly PolicyFile[]): ReadonlySet<string> {
  const principals = files.flatMap(({ text }) => valuesAt(readYaml(text).node, "principals"));
  const claims = principals.flatMap((all) => valuesOf(all)).flatMap((one) => valuesAt(one, "claims"));
  return new Set(claims.flatMap((one) => (one.kind === "map" ? one.entries.map(({ name }) => name) : [])));
}

function valuesAt(node: YamlNode | undefined, key: string): readonly YamlNode[] {
  if (node?.kind !== "map") return [];
  return node.entries.filter(({ name }) => name === key).map(({ value }) => value);
}

function valuesOf(node: YamlNode): readonly YamlNode[] {
  return node.kind === "map" ? node.entries.map(({ value }) => value) : [];
}
