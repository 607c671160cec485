import { assemblePolicy } from "../../src/policy/assemble.ts";
import { parseRows } from "../../src/policy/parse.ts";
import type { Policy } from "../../src/policy/policy.ts";
import type { Row } from "../../src/policy/row.ts";
import type { editedPolicy } from "../../src/tools/access/edited-policy.ts";

/** `editedPolicy` the slow way: it assembles all rows of the edited policy, also those that do not load together. */
export function assembledAnew(side: {
  readonly policy: Policy;
  readonly rows: readonly { readonly text: string }[];
}): typeof editedPolicy {
  const textsOf = new WeakMap([[side.policy, side.rows.map(({ text }) => text)]]);
  return (policy, row: Row, edit) => {
    const texts = textsOf.get(policy) ?? [];
    const left = edit === "add" ? [...texts, row.text] : texts.filter((text) => text !== row.text);
    const { rows } = parseRows("policies/generated.csv", [...left].sort().join("\n"));
    const assembled = assemblePolicy({
      version: policy.version,
      model: policy.model,
      files: ["policies/generated.csv"],
      rows: rows.map(({ type, line, fields }) => [type, 0, line, ...fields]),
    });
    textsOf.set(assembled, left);
    return assembled;
  };
}
