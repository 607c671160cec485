import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

/** SHA-256 of policies/model.conf with LF line endings and no byte order mark. */
const MODEL_DIGEST = "674c2d5ca36cfa1b7e05b13562d11ef71ffd2af5bf050f07ebbd7ec927ce6ce1";

/** The model as the digest sees it: what a checkout on Windows changes does not count. */
export function canonicalModel(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** The same model for casbin, without what is for people: a bundle has no use for it. */
export function modelWithoutComments(model: string): string {
  return model
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .join("\n");
}

/** An edited model does not load: the index, the reference evaluator and the docs all assume this one. */
export function checkModel(file: string, text: string): readonly Finding[] {
  const digest = createHash("sha256").update(canonicalModel(text)).digest("hex");
  if (digest === MODEL_DIGEST) return [];
  return [
    {
      rule: "model-edited",
      file,
      line: 1,
      column: 1,
      message: "the model is not the one that this version of claimgate was built for",
      fix: "restore the file from the package; what you want to express belongs in the CSV files",
    },
  ];
}
