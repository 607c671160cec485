import { objectOf, textOf, textsOf } from "../../../json.ts";

/** What a policy says about an ARN. */
export type Effect = "allow" | "explicit-deny" | "implicit-deny";

/**
 * Evaluates the policy of an authorizer's answer for `execute-api:Invoke` on an ARN, as IAM does: wildcards `*` and
 * `?`, whole strings, a deny before an allow. Conditions are not evaluated: an allow with one is left out, a deny with
 * one denies.
 *
 * @returns undefined if the document has no statements that can be read
 */
export function effectOf(document: unknown, arn: string): Effect | undefined {
  const { Statement: written } = objectOf(document);
  if (typeof written !== "object" || written === null) return undefined;
  const statements = [written].flat().map(objectOf);
  let effect: Effect = "implicit-deny";
  for (const statement of statements) {
    const kind = textOf(statement["Effect"]);
    if (kind !== "Allow" && kind !== "Deny") return undefined;
    if (!concerns(statement, arn)) continue;
    if (kind === "Deny") return "explicit-deny";
    if (statement["Condition"] === undefined) effect = "allow";
  }
  return effect;
}

const ACTION = "execute-api:Invoke";

function concerns(statement: ReturnType<typeof objectOf>, arn: string): boolean {
  const { Action: action, NotAction: notAction, Resource: resource, NotResource: notResource } = statement;
  const isAction = (pattern: string) => covers(pattern.toLowerCase(), ACTION.toLowerCase());
  const isResource = (pattern: string) => covers(pattern, arn);
  const actionFits = action === undefined ? !list(notAction).some(isAction) : list(action).some(isAction);
  const resourceFits =
    resource === undefined ? !list(notResource).some(isResource) : list(resource).some(isResource);
  return actionFits && resourceFits;
}

function list(value: unknown): readonly string[] {
  return textsOf([value].flat());
}

function covers(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", "[^]*")
    .replaceAll("?", "[^]");
  return new RegExp(`^${source}$`).test(text);
}
