import type { NamesOfFile, SourceText } from "./name.ts";
import { namesInYaml, valueAt, whole } from "./yaml-names.ts";

/** The ids of `lint.json`. */
export function namesInLintFile(file: SourceText): NamesOfFile {
  return namesInYaml(file, (node, names) => names.keys(valueAt(node, "off"), whole("rule")));
}
