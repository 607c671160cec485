import type { Finding } from "./finding.ts";
import { sha256 } from "./sha256.ts";

/** SHA-256 of policies/model.conf with LF line endings and no byte order mark. */
const MODEL_DIGEST = "67f47fae6c5952eef5689c0595db674ae802f733fdca0a25a3882c9a5e47ae15";

/** The model as the digest reads it, ignoring what a checkout on Windows changes. */
export function canonicalModel(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** The same model without comments and blank lines, for the bundle. */
export function modelWithoutComments(model: string): string {
  return model
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .join("\n");
}

/** An edited model does not load: the index, the reference evaluator and the docs all assume the original. */
export function checkModel(file: string, text: string): readonly Finding[] {
  const digest = sha256(canonicalModel(text));
  if (digest === MODEL_DIGEST) return [];
  return [
    {
      rule: "model-edited",
      file,
      line: 1,
      column: 1,
      message: "model.conf is not the model of this version of claimgate",
      fix: "restore the file from the package; express the policy in the CSV files",
    },
  ];
}
