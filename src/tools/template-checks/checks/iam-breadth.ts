import { valueAt, valuesAt } from "../../cloudformation/places.ts";
import { allowingStatements, type Statement, trustStatements } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** More rights than a function needs. */
export const iamBreadth: TemplateCheck = {
  id: "iam-breadth",
  summary:
    "a role or policy with a wildcard action, every resource, unrestricted iam:PassRole, or open to anyone",
  check,
};

/**
 * Actions that AWS cannot limit to a resource, so that `*` is the only way to allow them (Service Authorization
 * Reference, "Resource types" of each action).
 */
export const WITHOUT_RESOURCE: ReadonlyMap<string, string> = new Map([
  ["xray:PutTraceSegments", "traces have no resource"],
  ["xray:PutTelemetryRecords", "the tracer's own counters have no resource"],
]);

function* check(template: Template): Iterable<TemplateProblem> {
  const holders = resourcesOf(template, "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy");
  for (const holder of holders) {
    for (const statement of allowingStatements(holder)) yield* breadthOf(holder.id, statement);
    for (const { path, json } of trustStatements(holder)) {
      const { Principal: principal } = json;
      if (principal !== "*" && valueAt(principal, "AWS") !== "*") continue;
      const message = "lets anyone assume the role";
      yield {
        resource: holder.id,
        property: `${path}.Principal`,
        message,
        fix: "name the principal that assumes it",
      };
    }
    for (const { path, value } of valuesAt(holder.properties, "ManagedPolicyArns.*")) {
      if (!/(FullAccess|AdministratorAccess|PowerUserAccess)$/.test(spelled(value) ?? "")) continue;
      const message = `gives ${spelled(value)?.split("/").at(-1)}`;
      yield { resource: holder.id, property: path, message, fix: "allow the few actions that are called" };
    }
  }
}

function* breadthOf(resource: string, { path, json, actions }: Statement): Iterable<TemplateProblem> {
  for (const key of ["NotAction", "NotResource"]) {
    if (json[key] === undefined) continue;
    const message = "allows everything that it does not name";
    yield { resource, property: `${path}.${key}`, message, fix: "name what it allows" };
  }
  for (const action of actions.filter((one) => one.includes("*"))) {
    const message = `allows \`${action}\``;
    yield { resource, property: `${path}.Action`, message, fix: "name the actions that are called" };
  }
  const everywhere = [json["Resource"] ?? []]
    .flat()
    .map((one) => spelled(one) ?? "")
    .filter(isEverything);
  const limited = actions.filter((action) => !WITHOUT_RESOURCE.has(action));
  if (everywhere.length > 0 && limited.length > 0) {
    const message = `allows ${limited.join(", ")} on \`${everywhere[0]}\``;
    yield { resource, property: `${path}.Resource`, message, fix: "name the resource: `!GetAtt NAME.Arn`" };
  }
  if (actions.some((action) => action.toLowerCase() === "iam:passrole") && !sayForWhom(json["Condition"])) {
    const message = "passes a role to any service that accepts one";
    const fix = "add a condition `StringEquals` of `iam:PassedToService`";
    yield { resource, property: `${path}.Action`, message, fix };
  }
}

/** `*`, or an ARN that names a type of resource but no single one: `arn:...:userpool/*`. */
function isEverything(resource: string): boolean {
  if (resource === "*") return true;
  // `${AWS::Region}` contains colons of its own.
  const [, , service = "", , , ...rest] = resource.replace(/\$\{[^}]*\}/g, "x").split(":");
  const name = rest.join(":");
  // The name of a bucket comes before the slash, without a type.
  return (
    name === "*" ||
    (service !== "s3" && /^[a-z-]+[/:]\*(:\*)?$/.test(name)) ||
    (service === "s3" && /^\*/.test(name))
  );
}

function sayForWhom(condition: unknown): boolean {
  return valuesAt(condition, "*").some(({ value }) =>
    Object.keys(value ?? {}).includes("iam:PassedToService"),
  );
}
