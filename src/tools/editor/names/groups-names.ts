import type { NamesOfFile, SourceText } from "./name.ts";
import { namesInYaml, whole } from "./yaml-names.ts";

/** The groups of `groups.yaml`, which defines them. */
export function namesInGroupsFile(file: SourceText): NamesOfFile {
  return namesInYaml(file, (node, names) => names.keys(node, whole("group", 0)));
}
