import { methodPatterns } from "../policy/method-pattern.ts";
import { encodeCaller } from "./caller.ts";
import { answerOf, type IamAnswer, type IamStatement, statement } from "./iam-answer.ts";
import type { OutcomeForAll } from "./outcome.ts";

/**
 * The answer for every route of a REST API, which API Gateway may keep for the token. The build has proven that the
 * patterns of the routes tell them apart (src/analysis/whole-api.ts).
 *
 * @param stage up to and with the stage: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE`
 */
export function answerForAll(
  { caller, routes }: Extract<OutcomeForAll, { kind: "decided" }>,
  stage: string,
): IamAnswer {
  const names = new Set(routes.map(({ route }) => route));
  const resources = (wanted: "allow" | "deny") =>
    routes
      .filter(({ effect }) => effect === wanted)
      .flatMap(({ route }) => methodPatterns(route, names).map((pattern) => `${stage}/${pattern}`));
  const statements = [statement("Allow", resources("allow")), statement("Deny", resources("deny"))];
  const said = statements.filter(({ Resource }: IamStatement) => Resource.length > 0);
  return { ...answerOf(caller.sub, said), context: encodeCaller(caller) };
}
