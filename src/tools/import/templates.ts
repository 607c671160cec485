import type { Segment } from "../../policy/route.ts";

/** The segments of a route, without its method. */
export type Template = readonly Segment[];

/** Equal for templates that match the same paths. */
export function shapeOf(template: Template): string {
  const parts = template.map((segment) => {
    if (segment.kind === "literal") return segment.text;
    return segment.kind === "greedy" ? "{+}" : "{}";
  });
  return `/${parts.join("/")}`;
}

/** Whether `general` matches every path that `template` matches. */
export function covers(general: Template, template: Template): boolean {
  for (const [index, segment] of general.entries()) {
    const own = template[index];
    if (own === undefined) return false;
    if (segment.kind === "greedy") return true;
    if (own.kind === "greedy") return false;
    if (segment.kind === "literal" && (own.kind !== "literal" || own.text !== segment.text)) return false;
  }
  return general.length === template.length;
}

/** The template of the paths that both match; undefined if there are none. */
export function meetOf(a: Template, b: Template): Template | undefined {
  const met: Segment[] = [];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === undefined || other === undefined) return undefined;
    if (one.kind === "greedy") return [...met, ...b.slice(index)];
    if (other.kind === "greedy") return [...met, ...a.slice(index)];
    if (one.kind === "literal" && other.kind === "literal" && one.text !== other.text) return undefined;
    met.push(one.kind === "literal" ? one : other);
  }
  return met;
}

/**
 * The templates and all their meets. For each path, the most specific template that matches is then the meet of all
 * that match, and can have the permissions of all. Undefined if there are more than `most`.
 */
export function withMeets(templates: readonly Template[], most: number): readonly Template[] | undefined {
  const closed = new Map<string, Template>();
  for (const template of templates) {
    for (const other of [...closed.values()]) {
      const met = meetOf(other, template);
      if (met !== undefined && !closed.has(shapeOf(met))) closed.set(shapeOf(met), met);
      if (closed.size > most) return undefined;
    }
    if (!closed.has(shapeOf(template))) closed.set(shapeOf(template), template);
  }
  return [...closed.values()];
}

/** The template as API Gateway spells it; a name that appears twice gets a number. */
export function spell(template: Template): string {
  const names = new Set<string>();
  const parts = template.map((segment) => {
    if (segment.kind === "literal") return segment.text;
    let { name } = segment;
    for (let next = 2; names.has(name); next += 1) name = `${segment.name}${next}`;
    names.add(name);
    return segment.kind === "greedy" ? `{${name}+}` : `{${name}}`;
  });
  return `/${parts.join("/")}`;
}
