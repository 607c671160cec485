import { referencesIn, referencesOf } from "../../src/tools/cloudformation/references.ts";
import { readTemplate, type Template } from "../../src/tools/cloudformation/template.ts";
import type { Editable } from "./editing.ts";

/**
 * The part of a changed template that the change is about: the resources and outputs that are not as they were, and
 * everything that they need, or that what was dropped needed. cfn-lint takes seconds for a whole stack, and says of
 * a resource what it says of it in the whole.
 */
export function changedPart(before: unknown, after: Editable): Editable {
  const [old, now] = [readTemplate(before), readTemplate(after)];
  const ids = new Set([...old.resources.keys(), ...now.resources.keys()]);
  const changed = [...ids].filter((id) => !isSame(resourceOf(old, id), resourceOf(now, id)));
  const outputs = Object.entries(now.outputs).filter(([id, output]) => !isSame(old.outputs[id], output));
  const named = outputs.flatMap(([, output]) => referencesIn({ path: "", value: output }));
  const kept = neededBy([...changed, ...named.map(({ target }) => target)], old, now);
  return {
    ...after,
    Resources: Object.fromEntries(Object.entries(after.Resources).filter(([id]) => kept.has(id))),
    Outputs: Object.fromEntries(outputs),
  };
}

/** What the resources name, and what that names, in either template. */
function neededBy(start: readonly string[], ...templates: readonly Template[]): ReadonlySet<string> {
  const kept = new Set<string>();
  const open = [...start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    for (const { resources } of templates) {
      const resource = resources.get(id);
      if (resource !== undefined) open.push(...referencesOf(resource).map(({ target }) => target));
    }
  }
  return kept;
}

function resourceOf({ json }: Template, id: string): unknown {
  return (json["Resources"] as Readonly<Record<string, unknown>>)[id];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
