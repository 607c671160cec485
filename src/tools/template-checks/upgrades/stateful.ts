import { valueAt } from "../../cloudformation/places.ts";
import type { Resource, Template } from "../../cloudformation/template.ts";
import { sameValue } from "../../cloudformation/values.ts";

/** The effect of changing a property of a resource that sign-in depends on. */
export interface StatefulProperty {
  /** Keys joined by dots, see `valueAt`. */
  readonly path: string;
  /** CloudFormation replaces the resource, or Cognito refuses the update. */
  readonly effect: "replaced" | "refused";
  /** The default value. */
  readonly standard?: unknown;
  /** Whether the order of a list is irrelevant. */
  readonly unordered?: true;
}

/**
 * The resources that hold users, or that users and apps refer to by a name that they keep, with the properties that
 * cannot change.
 *
 * `replaced`: `createOnlyProperties` of the resource schemas, in the template reference "Update requires:
 * Replacement". `refused`: Amazon Cognito developer guide, "Updating user pool and app client configuration",
 * "Settings you can't change"; CloudFormation ends in "Updates are not allowed for property - ..." and rolls back
 * (aws-amplify/amplify-cli#4227, #1546; aws-samples/sample-voice-of-customer-datalake#184). The Schema is compared
 * by itself, in schema-change.ts.
 */
export const STATEFUL: ReadonlyMap<string, readonly StatefulProperty[]> = new Map<
  string,
  readonly StatefulProperty[]
>([
  [
    "AWS::Cognito::UserPool",
    [
      { path: "UsernameAttributes", effect: "refused", standard: [], unordered: true },
      { path: "AliasAttributes", effect: "refused", standard: [], unordered: true },
      { path: "UsernameConfiguration.CaseSensitive", effect: "refused", standard: true },
    ],
  ],
  [
    "AWS::Cognito::UserPoolClient",
    [
      { path: "UserPoolId", effect: "replaced" },
      { path: "GenerateSecret", effect: "replaced", standard: false },
    ],
  ],
  [
    "AWS::Cognito::UserPoolDomain",
    [
      { path: "UserPoolId", effect: "replaced" },
      { path: "Domain", effect: "replaced" },
    ],
  ],
  [
    "AWS::Cognito::UserPoolGroup",
    [
      { path: "UserPoolId", effect: "replaced" },
      { path: "GroupName", effect: "replaced" },
    ],
  ],
  [
    "AWS::Cognito::UserPoolResourceServer",
    [
      { path: "UserPoolId", effect: "replaced" },
      { path: "Identifier", effect: "replaced" },
    ],
  ],
  [
    "AWS::Cognito::UserPoolIdentityProvider",
    [
      { path: "UserPoolId", effect: "replaced" },
      { path: "ProviderName", effect: "replaced" },
      { path: "ProviderType", effect: "replaced" },
    ],
  ],
  ["AWS::Cognito::IdentityPool", []],
]);

/** The stateful resources of a template. */
export function statefulOf({ resources }: Template): readonly Resource[] {
  return [...resources.values()].filter(({ type }) => STATEFUL.has(type));
}

/** Whether a property that must not change is equal in both. */
export function isKept(
  { path, standard, unordered }: StatefulProperty,
  before: Resource,
  after: Resource,
): boolean {
  const [old, now] = [before, after].map(({ properties }) => {
    const value = valueAt(properties, path) ?? standard;
    return unordered && Array.isArray(value) ? value.map(String).sort() : value;
  });
  return sameValue(old, now);
}

/**
 * A template of only the stateful resources, with the properties that must not change. A repository pins it, so that a
 * change that would replace a resource is seen before it is deployed.
 */
export function pinOf(template: Template): { readonly Resources: Readonly<Record<string, unknown>> } {
  const pinned = statefulOf(template).map(({ id, type, properties, deletionPolicy }) => {
    const kept = (STATEFUL.get(type) ?? []).flatMap(({ path }) => {
      const [key = ""] = path.split(".");
      return properties[key] === undefined ? [] : [[key, properties[key]] as const];
    });
    const schema = properties["Schema"] === undefined ? {} : { Schema: properties["Schema"] };
    return [
      id,
      {
        Type: type,
        ...(deletionPolicy !== undefined && { DeletionPolicy: deletionPolicy }),
        Properties: { ...Object.fromEntries(kept), ...schema },
      },
    ] as const;
  });
  return { Resources: Object.fromEntries(pinned) };
}
