import { nearest } from "../../../policy/suggestion.ts";
import { removedParameter } from "../removed-parameters.ts";
import type { SetParameter, StageParameters } from "../stage-parameters.ts";

/** A name that is set and read by nothing. */
interface UnknownParameter extends SetParameter {
  readonly message: string;
}

/**
 * The names that nothing reads, in every section of `params` and on the command line. They would be ignored, and some
 * parameters protect. First those of former versions alone: their messages are the most helpful ones.
 *
 * A service may have parameters of its own, which have a default. A default whose name is nearly one of claimgate's is
 * a misspelled one.
 *
 * @param names the parameters of claimgate
 */
export function unknownParameters(
  { set, known }: Pick<StageParameters, "set" | "known">,
  names: ReadonlySet<string>,
): readonly UnknownParameter[] {
  const removed = set.flatMap((one) => {
    const instead = removedParameter(one.name);
    return instead === undefined ? [] : [{ ...one, message: `parameter \`${one.name}\` ${instead}` }];
  });
  if (removed.length > 0) return removed;
  return set.flatMap((one) => {
    const fix = one.section === "default" ? misspelled(one.name, names) : withoutDefault(one.name, known);
    return fix === undefined ? [] : [{ ...one, message: `unknown parameter \`${one.name}\`; ${fix}` }];
  });
}

function misspelled(name: string, names: ReadonlySet<string>): string | undefined {
  const meant = names.has(name) ? undefined : nearest(name, names);
  return meant && `did you mean \`${meant}\`? a parameter of your own needs a name that differs more`;
}

function withoutDefault(name: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(name)) return undefined;
  const meant = nearest(name, known);
  return meant === undefined
    ? "expected a name of `params.default`; a parameter of your own needs a default there"
    : `did you mean \`${meant}\`?`;
}
