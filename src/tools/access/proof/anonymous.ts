import type { Question } from "./asked-question.ts";
import type { Answer, Direction, Witness } from "./witness.ts";

/** The call without a token to a route that is public in one of the policies only. */
export function anonymousWitness({
  isPublic,
  shapes,
}: Question): { readonly direction: Direction; readonly witness: Witness } | undefined {
  if (isPublic.before === isPublic.after) return undefined;
  for (const shape of shapes(new Set())) {
    const asked = shape.fill([])?.asked;
    if (asked === undefined) continue;
    const witness = {
      token: NO_TOKEN,
      asked,
      before: answer(isPublic.before),
      after: answer(isPublic.after),
    };
    return { direction: isPublic.after ? "wider" : "narrower", witness };
  }
  return undefined;
}

const NO_TOKEN: Witness["token"] = {
  kind: undefined,
  subjects: [],
  app: undefined,
  claims: {},
  missingClaims: [],
  signedIn: undefined,
};

function answer(isPublic: boolean): Answer {
  return { effect: isPublic ? "allow" : "deny", isPublic, determining: [], reason: undefined };
}
