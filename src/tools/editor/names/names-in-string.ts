import type { Name } from "./name.ts";

/** A name and where it starts in a string. */
export interface NameIn extends Name {
  readonly start: number;
}

/** The parameters and claims of a condition, also of one that is not complete: `{userId}=sub&{`. */
export function namesInCondition(text: string): readonly NameIn[] {
  const found: NameIn[] = [];
  let offset = 0;
  for (const part of text.split("&")) {
    const [, parameter, relation, operand] = /^\{([A-Za-z0-9._-]+)\}(!?=)?(.*)$/.exec(part) ?? [];
    if (parameter !== undefined) {
      found.push({ kind: "parameter", name: parameter, start: offset + 1 });
      if (operand !== undefined && /^[A-Za-z0-9_][A-Za-z0-9_:.-]*$/.test(operand)) {
        const start = offset + parameter.length + 2 + (relation ?? "").length;
        found.push({ kind: "claim", name: operand, start });
      }
    }
    offset += part.length + 1;
  }
  return found;
}

/** The parameters of a route or of the group of each tenant: `{orderId}`, `{proxy+}`. */
export function parametersIn(text: string): readonly NameIn[] {
  return [...text.matchAll(/\{([A-Za-z0-9._-]+)\+?\}/g)].map(({ index, 1: name = "" }) => ({
    kind: "parameter",
    name,
    start: index + 1,
  }));
}

/** `role:viewer` as a name; undefined without a known prefix and a name after it. */
export function subjectIn(text: string): NameIn | undefined {
  const [, kind, name] = /^(role|group|user|client|scope):(.+)$/s.exec(text) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  return { kind: kind as "role", name, start: kind.length + 1 };
}
