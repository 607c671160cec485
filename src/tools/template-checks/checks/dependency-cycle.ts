import { dependenciesOf, type Reference } from "../../cloudformation/references.ts";
import type { Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** Resources that depend on each other, so that CloudFormation cannot create any of them first. */
export const dependencyCycle: TemplateCheck = {
  id: "dependency-cycle",
  summary: "resources that depend on each other in a cycle",
  check,
};

/** A dependency of one resource on another, and the property that causes it. */
interface Link extends Reference {
  readonly from: string;
}

function* check(template: Template): Iterable<TemplateProblem> {
  for (const cycle of cyclesIn(dependenciesOf(template))) {
    const [first] = cycle;
    if (first === undefined) continue;
    const chain = cycle.map(({ from, path, target }) => `${from} (${path}) -> ${target}`);
    yield {
      resource: first.from,
      property: first.path,
      message: `depends on itself: ${chain.join("; ")}`,
      fix: "break the cycle: use a separate policy, or a value of the event",
    };
  }
}

/** One cycle for each set of resources that depend on each other. */
function cyclesIn(graph: ReadonlyMap<string, readonly Reference[]>): readonly (readonly Link[])[] {
  const done = new Set<string>();
  const found: (readonly Link[])[] = [];
  const visit = (from: string, path: readonly Link[]): void => {
    const start = path.findIndex((link) => link.from === from);
    if (start >= 0) found.push(path.slice(start));
    if (start >= 0 || done.has(from)) return;
    for (const reference of graph.get(from) ?? []) visit(reference.target, [...path, { from, ...reference }]);
    done.add(from);
  };
  for (const id of graph.keys()) visit(id, []);
  return found;
}
