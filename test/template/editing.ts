/** A template that a test may change. */
export interface Editable {
  readonly Resources: Record<string, EditableResource>;
  readonly Outputs: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
}

interface EditableResource {
  readonly Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  Condition?: string;
}

/** A copy of a packaged template, to break. */
export function editable(template: unknown): Editable {
  return structuredClone(template) as Editable;
}

/**
 * Sets what stands at a path below a resource: `set(t, "UserPool", "Properties.MfaConfiguration", "MAYBE")`. What is
 * missing on the way is made; `undefined` takes the value away.
 *
 * @throws Error where the template has no such resource, so that no test breaks what is not there
 */
export function set(template: Editable, resource: string, path: string, value: unknown): void {
  let at = found(template, resource) as unknown as Record<string, unknown>;
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  for (const step of steps) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  if (value === undefined) {
    if (!(last in at)) throw new Error(`${resource} has no ${path} to take away`);
    delete at[last];
  } else at[last] = value;
}

/** Takes resources away. */
export function drop(template: Editable, ...resources: readonly string[]): void {
  for (const resource of resources) {
    found(template, resource);
    delete template.Resources[resource];
  }
}

function found(template: Editable, resource: string): EditableResource {
  const it = template.Resources[resource];
  if (it === undefined) throw new Error(`the template has no \`${resource}\` to break`);
  return it;
}

/** Adds a resource. */
export function add(
  template: Editable,
  id: string,
  type: string,
  properties: Record<string, unknown>,
  rest: { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string } = {},
): void {
  template.Resources[id] = { Type: type, Properties: properties, ...rest };
}

/** A role that an identity pool hands out, with the conditions of its trust policy. */
export function identityRole(condition: unknown): Record<string, unknown> {
  return {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          ...(condition === undefined ? {} : { Condition: condition }),
        },
      ],
    },
  };
}
