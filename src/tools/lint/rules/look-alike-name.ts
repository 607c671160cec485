import { byPlace } from "../../../policy/place.ts";
import { difference, skeleton } from "../names/look-alike.ts";
import { type NameUse, nameUses } from "../names/names.ts";
import type { LintSubject, Problem, Rule } from "../rule.ts";

/** Two names that are probably the same, or that a reader takes for the same. */
export const lookAlikeName: Rule = {
  id: "look-alike-name",
  category: "values",
  severity: "warning",
  summary: "two names differ only in case, in `-` and `_`, or in letters that look alike",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const families = new Map<string, Map<string, NameUse[]>>();
  const skeletons = new Map<string, string>();
  for (const use of nameUses(rows)) {
    if (use.space === "user") continue;
    const bare = skeletons.get(use.name) ?? skeleton(use.name);
    skeletons.set(use.name, bare);
    const key = `${use.space} ${bare}`;
    const family = families.get(key) ?? new Map<string, NameUse[]>();
    families.set(key, family);
    const uses = family.get(use.name);
    if (uses === undefined) family.set(use.name, [use]);
    else uses.push(use);
  }
  for (const family of families.values()) {
    if (family.size > 1) yield* familyProblems([...family.values()]);
  }
}

/** The most used name is taken for the right one; each other name is reported once. */
function* familyProblems(names: readonly (readonly NameUse[])[]): Iterable<Problem> {
  const firsts = names.flatMap((uses) => {
    const [first] = [...uses].sort((a, b) => byPlace(a.place, b.place));
    return first === undefined ? [] : [{ first, count: uses.length }];
  });
  const [usual, ...others] = firsts.sort(
    (a, b) => b.count - a.count || byPlace(a.first.place, b.first.place),
  );
  for (const { first } of others) {
    if (usual === undefined) continue;
    yield {
      ...first.place,
      message: `\`${first.shown}\` differs from \`${usual.first.shown}\` only ${difference(first.name, usual.first.name)}`,
      fix: "use the same spelling, or choose clearly different names",
    };
  }
}
