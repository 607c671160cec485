import { stringify } from "yaml";

/** A value on one line, as YAML in flow style. */
export function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}

/** An entry in block style, without a newline at its end. */
export function block(name: string, value: unknown): string {
  return stringify({ [name]: value }, { lineWidth: 0 }).trimEnd();
}
