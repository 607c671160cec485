import type { Finding } from "../../policy/finding.ts";
import { isPermission } from "../../policy/permission.ts";
import { type PlacedText, StrictYaml } from "../text/strict-yaml.ts";
import type { YamlNode } from "../text/yaml-text.ts";

/** `front-end.yaml`: what a browser may know of the policy. */
export interface FrontEndFile {
  readonly permissions: readonly PlacedText[];
  /** The parameters whose literals in conditions may leave the server. */
  readonly literals: readonly PlacedText[];
  readonly findings: readonly Finding[];
}

const GUIDE = "see docs/front-end.md";

/**
 * Reads `front-end.yaml`. It is strict: an unknown name, a wrong type, a duplicate or a wildcard is a finding. Rules
 * compare the names with the policy.
 */
export function parseFrontEndFile(file: string, text: string): FrontEndFile {
  const yaml = new StrictYaml("front-end-file", file, text);
  const root = yaml.document();
  const settings = root && yaml.properties(root, ["permissions", "literals"], "the file", GUIDE);
  const listed = textsOf(yaml, settings?.get("permissions"), "a list of permissions");
  const permissions = listed.filter(({ text: name }) => isPermission(name));
  const literals = textsOf(yaml, settings?.get("literals"), "a list of path parameters");
  for (const one of listed) {
    if (permissions.includes(one)) continue;
    const fix = one.text.includes("*")
      ? "name each permission: a browser gets nothing that is not listed"
      : "write `resource:action`, as in a `g2` row";
    yaml.reportAt(one, `\`${one.text}\` is not a permission`, fix);
  }
  if (root !== undefined && permissions.length === 0 && yaml.findings.length === 0) {
    yaml.report(
      root.offset,
      "no permission is listed",
      "write `permissions: [orders:read]`, or delete the file",
    );
  }
  return { permissions, literals, findings: yaml.findings };
}

/** Each once. */
function textsOf(yaml: StrictYaml, node: YamlNode | undefined, expected: string): readonly PlacedText[] {
  if (node === undefined || node.kind === "nothing") return [];
  if (node.kind !== "list") {
    yaml.wrong(node, expected, GUIDE);
    return [];
  }
  const texts = new Map<string, PlacedText>();
  for (const item of node.items) {
    if (item.kind !== "text") yaml.wrong(item, "a string", GUIDE);
    else if (texts.has(item.value))
      yaml.report(item.offset, `\`${item.value}\` is listed twice`, "remove one");
    else texts.set(item.value, { ...yaml.at(item.offset), text: item.value });
  }
  return [...texts.values()];
}
