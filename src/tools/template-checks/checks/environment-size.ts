import { type JsonObject, objectOf } from "../../../json.ts";
import { intrinsicIn, type Name } from "../../cloudformation/intrinsics.ts";
import { valueAt } from "../../cloudformation/places.ts";
import { QUOTAS } from "../../cloudformation/quotas.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { partsOf, UNRESOLVED } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An environment that Lambda refuses during the deployment, after every other check has passed. */
export const environmentSize: TemplateCheck = {
  id: "environment-size",
  summary: "a function whose environment variables exceed the 4 KB that Lambda accepts",
  check,
};

/** How many variables are named, the largest first. */
const NAMED = 3;

/**
 * Assumed size, in bytes, of values that only the deployment knows. Ids of Cognito have at most 26 characters; names
 * that CloudFormation generates begin with the name of the stack.
 */
const ESTIMATES: Readonly<Record<string, number>> = {
  "AWS::AccountId": 12,
  "AWS::Partition": 10,
  "AWS::Region": 14,
  "AWS::StackName": 64,
  "AWS::URLSuffix": 16,
  "AWS::Cognito::UserPool": 24,
  "AWS::Cognito::UserPoolClient": 26,
};
const UNKNOWN = 100;

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Lambda::Function")) {
    const variables = objectOf(valueAt(properties, "Environment.Variables"));
    const sizes = sizesOf(template, variables);
    // Lambda measures the variables as one JSON object, which its error message repeats.
    const total = 2 + sizes.reduce((sum, { size }) => sum + size + 1, 0);
    if (total <= QUOTAS.environmentOfAFunction) continue;
    const largest = sizes
      .toSorted((one, other) => other.size - one.size)
      .slice(0, NAMED)
      .map(({ name, size }) => `\`${name}\` (${size})`);
    yield {
      resource: id,
      property: "Environment.Variables",
      message: `has about ${total} bytes, and Lambda accepts ${QUOTAS.environmentOfAFunction}; the largest are ${largest.join(", ")}`,
      fix: "shorten these values, or read them from a file that is packaged with the function",
    };
  }
}

function sizesOf(template: Template, variables: JsonObject) {
  return Object.entries(variables).map(([name, value]) => ({
    name,
    size: bytesOf(name) + 1 + valueSize(template, value),
  }));
}

const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text));

function valueSize(template: Template, value: unknown): number {
  const intrinsic = intrinsicIn(value);
  if (intrinsic?.kind === "choice") {
    return Math.max(...intrinsic.branches.map((branch) => valueSize(template, branch)));
  }
  const parts = partsOf(value);
  if (parts === undefined || parts.includes(UNRESOLVED)) return UNKNOWN;
  const literal = parts.filter((part) => typeof part === "string").join("");
  const names = parts.filter((part) => typeof part === "object");
  return names.reduce((sum, name) => sum + estimateOf(template, name), bytesOf(literal));
}

function estimateOf({ resources }: Template, { id, attribute }: Name): number {
  if (attribute !== undefined) return UNKNOWN;
  return ESTIMATES[resources.get(id)?.type ?? id] ?? UNKNOWN;
}
