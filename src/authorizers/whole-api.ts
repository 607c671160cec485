import { methodPatterns } from "../policy/method-pattern.ts";
import { encodeCaller } from "./caller.ts";
import { answerOf, type IamAnswer, type IamStatement, statement } from "./iam-answer.ts";
import { MAX_ARN_LENGTH, type MethodArn } from "./method-arn.ts";
import type { WholeApiOutcome } from "./outcome.ts";

/**
 * The answer for every route of a REST API, which API Gateway may cache by token. The build has proven that the
 * patterns tell the routes apart (src/tools/lint/whole-api.ts). The current request may be denied in addition.
 *
 * @param arn of the request at hand
 */
export function wholeApiAnswer(
  { caller, routes, declared, deniesAtHand }: Extract<WholeApiOutcome, { kind: "decided" }>,
  arn: MethodArn,
): IamAnswer {
  const resources = (wanted: "allow" | "deny") =>
    routes
      .filter(({ effect }) => effect === wanted)
      .flatMap(({ route }) => methodPatterns(route, declared).map((pattern) => `${arn.stage}/${pattern}`));
  const denied = [...resources("deny"), ...(deniesAtHand ? [denialOf(arn)] : [])];
  const statements = [statement("Allow", resources("allow")), statement("Deny", denied)];
  const said = statements.filter(({ Resource }: IamStatement) => Resource.length > 0);
  return { ...answerOf(caller.sub, said), context: encodeCaller(caller) };
}

/** Characters with one spelling in every ARN. */
const PLAIN_SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

/**
 * A resource that matches the current request, however API Gateway spells its ARN when it evaluates the answer: up to
 * the first segment with more than one spelling, then `*`. Without such a segment, exactly the request.
 */
function denialOf({ stage, method, path }: MethodArn): string {
  const segments = path === "/" ? [] : path.slice(1).split("/");
  const first = segments.findIndex((segment) => !PLAIN_SEGMENT.test(segment));
  const known = first < 0 ? segments : segments.slice(0, first);
  const resource = `${stage}/${method}/${known.join("/")}${first < 0 ? "" : "*"}`;
  return resource.length <= MAX_ARN_LENGTH ? resource : `${resource.slice(0, MAX_ARN_LENGTH - 1)}*`;
}
