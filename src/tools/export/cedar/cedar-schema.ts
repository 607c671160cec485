import type { CedarRequestShape } from "../../../policy/cedar-request.ts";
import { cedarKeys } from "../../../policy/cedar-request.ts";
import type { TenantGroup } from "../../../policy/tenant-group.ts";
import type { CedarAction } from "./actions.ts";

interface Attribute {
  readonly type: string;
  readonly element?: { readonly type: string };
  readonly required: false;
}

/** A schema in Cedar's JSON, as `PutSchema` of Verified Permissions takes it. */
export interface CedarSchema {
  readonly [namespace: string]: {
    readonly commonTypes: { readonly Request: Record_ };
    readonly entityTypes: Readonly<Record<string, { readonly memberOfTypes?: readonly string[] }>>;
    readonly actions: Readonly<Record<string, SchemaAction>>;
  };
}

interface Record_ {
  readonly type: "Record";
  readonly attributes: Readonly<Record<string, Attribute>>;
}

interface SchemaAction {
  readonly memberOf?: readonly { readonly id: string }[];
  readonly appliesTo: {
    readonly principalTypes: readonly string[];
    readonly resourceTypes: readonly string[];
    readonly context: { readonly type: string };
  };
}

/** The schema for the policies: every attribute of the context may be missing. */
export function cedarSchema(
  shape: CedarRequestShape,
  actions: readonly CedarAction[],
  tenantGroups: readonly TenantGroup[],
): CedarSchema {
  const appliesTo = {
    principalTypes: ["User", "Machine"],
    resourceTypes: ["Api"],
    context: { type: "Request" },
  };
  return {
    [shape.namespace]: {
      commonTypes: {
        Request: { type: "Record", attributes: Object.fromEntries(attributesOf(shape, tenantGroups)) },
      },
      entityTypes: {
        User: { memberOfTypes: ["Group"] },
        Group: {},
        Machine: { memberOfTypes: ["Client", "Scope"] },
        Client: {},
        Scope: {},
        Api: {},
      },
      actions: Object.fromEntries(
        actions.map(({ name, parents }): [string, SchemaAction] => [
          name,
          parents.length === 0 ? { appliesTo } : { memberOf: parents.map((id) => ({ id })), appliesTo },
        ]),
      ),
    },
  };
}

function attributesOf(
  shape: CedarRequestShape,
  tenantGroups: readonly TenantGroup[],
): readonly [string, Attribute][] {
  const text = { type: "String", required: false } as const;
  const texts = { type: "Set", element: { type: "String" }, required: false } as const;
  return [
    ...shape.parameters.map((name): [string, Attribute] => [cedarKeys.parameter(name), text]),
    ...shape.claims.map((name): [string, Attribute] => [cedarKeys.claim(name), text]),
    ...tenantGroups.flatMap(({ member, parameter }): [string, Attribute][] => [
      [member, texts],
      [cedarKeys.tenant(parameter), text],
    ]),
    ...(shape.signInAge
      ? [[cedarKeys.signInAge, { type: "Long", required: false }] satisfies [string, Attribute]]
      : []),
    ...(shape.apps
      ? [
          [cedarKeys.client, text] satisfies [string, Attribute],
          [cedarKeys.scopes, texts] satisfies [string, Attribute],
        ]
      : []),
  ];
}
