import { valueAt } from "../../cloudformation/places.ts";
import { isRetained, type Resource, readTemplate, type Template } from "../../cloudformation/template.ts";
import { spelled } from "../../cloudformation/values.ts";
import { refusedSchemaChanges } from "./schema-change.ts";
import { isKept, STATEFUL, statefulOf } from "./stateful.ts";

/** The effect of a stack update on a resource that users or apps depend on. */
export interface Replacement {
  /** Logical id, as it was. */
  readonly resource: string;
  readonly type: string;
  readonly effect: /** A new one is made and the old one deleted. */
    | "replaced"
    | "deleted"
    /** It stays in the account, but no longer belongs to the stack. */
    | "abandoned"
    /** Cognito refuses the change, and CloudFormation rolls the whole update back. */
    | "refused";
  /** Below `Properties`; empty for the resource as a whole. */
  readonly property: string;
  readonly message: string;
}

/**
 * The changes between two templates that would replace, delete or break a user pool, an app client, a domain, a group,
 * a resource server, an identity provider or an identity pool. Empty if the update is safe.
 *
 * A retained group may leave the template: its members keep it (docs/deploying.md).
 *
 * @param before the deployed template
 * @param after the template to deploy
 * @throws TypeError if one of them is not a template
 */
export function replacedResources(before: unknown, after: unknown): readonly Replacement[] {
  const [old, now] = [readTemplate(before), readTemplate(after)];
  return statefulOf(old).flatMap((resource) => {
    const later = now.resources.get(resource.id);
    if (later === undefined) return removed(resource, now, old);
    if (later.type !== resource.type)
      return [whole(resource, "deleted", `\`${resource.id}\` has another type: ${later.type}`)];
    return changed(resource, later);
  });
}

function changed(before: Resource, after: Resource): readonly Replacement[] {
  const { id: resource, type } = before;
  const properties = (STATEFUL.get(type) ?? [])
    .filter((property) => !isKept(property, before, after))
    .map(({ path, effect }): Replacement => {
      const values = [before, after].map((one) => shown(valueAt(one.properties, path))).join(" to ");
      return { resource, type, effect, property: path, message: `${path} changes from ${values}` };
    });
  const schema = [...refusedSchemaChanges(before, after)].map(
    ({ message }): Replacement => ({ resource, type, effect: "refused", property: "Schema", message }),
  );
  return [...properties, ...schema];
}

function removed(resource: Resource, now: Template, old: Template): readonly Replacement[] {
  const { id, type } = resource;
  const kept = isRetained(resource);
  const renamed = statefulOf(now).find((other) => !old.resources.has(other.id) && isSame(resource, other));
  const gone =
    renamed === undefined
      ? `\`${id}\` is no longer in the template`
      : `\`${id}\` was renamed to \`${renamed.id}\``;
  if (kept && type === "AWS::Cognito::UserPoolGroup" && renamed === undefined) return [];
  return [whole(resource, kept ? "abandoned" : "deleted", gone)];
}

/** Whether a new resource is an old one under another logical id, judged by its fixed properties. */
function isSame(before: Resource, after: Resource): boolean {
  return (
    before.type === after.type &&
    (STATEFUL.get(before.type) ?? []).every((property) => isKept(property, before, after))
  );
}

function whole({ id, type }: Resource, effect: Replacement["effect"], message: string): Replacement {
  return { resource: id, type, effect, property: "", message };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : `\`${spelled(value) ?? JSON.stringify(value)}\``;
}

/** A replacement as a sentence, for commands and tests. */
export function printReplacement({ resource, type, effect, message }: Replacement): string {
  return `${resource} (${type.replace("AWS::Cognito::", "")}) would be ${effect}: ${message}`;
}
