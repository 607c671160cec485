import type { NamesOfFile, SourceText } from "./name.ts";
import { namesInYaml, valueAt, whole } from "./yaml-names.ts";

/** The permissions and parameters of `front-end.yaml`, the part of the policy that browsers may know. */
export function namesInFrontEndFile(file: SourceText): NamesOfFile {
  return namesInYaml(file, (node, names) => {
    names.texts(valueAt(node, "permissions"), whole("permission"));
    names.texts(valueAt(node, "literals"), whole("parameter"));
  });
}
