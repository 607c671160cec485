import { type JsonObject, objectOf, objectsOf, textOf } from "../../json.ts";

/** The caller that wants to invoke a function. */
export interface Invocation {
  /** `cognito-idp.amazonaws.com`, `apigateway.amazonaws.com` */
  readonly service: string;
  /** The ARN of the user pool, or of the API's authorizer. */
  readonly sourceArn: string;
  readonly accountId: string;
}

/**
 * Whether a function's resource policy lets a caller invoke it; `unknown` if it depends on a condition that is not
 * evaluated here. docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function mayInvoke(policy: JsonObject, invocation: Invocation): "yes" | "no" | "unknown" {
  const statements = objectsOf([policy["Statement"] ?? []].flat());
  const matching = statements
    .filter((statement) => concerns(statement, invocation.service))
    .map((statement) => ({ effect: statement["Effect"], holds: conditionsHold(statement, invocation) }));
  const allows = matching.filter(({ effect }) => effect === "Allow").map(({ holds }) => holds);
  const denies = matching.filter(({ effect }) => effect === "Deny").map(({ holds }) => holds);
  if (denies.includes("yes")) return "no";
  if (allows.includes("yes")) return denies.includes("unknown") ? "unknown" : "yes";
  return allows.includes("unknown") ? "unknown" : "no";
}

function concerns(statement: JsonObject, service: string): boolean {
  const principal = statement["Principal"];
  const principals: unknown[] = [objectOf(principal)["Service"] ?? principal].flat();
  const actions: unknown[] = [statement["Action"]].flat();
  return (
    principals.some((one) => one === "*" || one === service) &&
    actions.some((one) => one === "*" || one === "lambda:*" || one === "lambda:InvokeFunction")
  );
}

const OPERATORS = new Set(["ArnLike", "ArnEquals", "StringLike", "StringEquals"]);

function conditionsHold(statement: JsonObject, invocation: Invocation): "yes" | "no" | "unknown" {
  const facts = new Map([
    ["aws:sourcearn", invocation.sourceArn],
    ["aws:sourceaccount", invocation.accountId],
  ]);
  let answer: "yes" | "unknown" = "yes";
  for (const [operator, tests] of Object.entries(objectOf(statement["Condition"]))) {
    for (const [key, expected] of Object.entries(objectOf(tests))) {
      const fact = facts.get(key.toLowerCase());
      if (fact === undefined || !OPERATORS.has(operator)) answer = "unknown";
      else if (!matchesAny(fact, expected)) return "no";
    }
  }
  return answer;
}

function matchesAny(fact: string, expected: unknown): boolean {
  return [expected].flat().some((one: unknown) => {
    const pattern = textOf(one);
    return pattern !== undefined && wildcards(pattern).test(fact);
  });
}

/** `*` and `?`, as in IAM and the ARN operators. */
function wildcards(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
