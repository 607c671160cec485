/** One statement of an identity policy; each list as it is written, a single text made a list. */
export interface PolicyStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

/** The statements of a policy document, all of which allow. */
export function statementsOf(text: string): readonly PolicyStatement[] {
  const { Statement } = JSON.parse(text) as {
    Statement: {
      Sid: string;
      Effect: "Allow";
      Action: string | string[];
      Resource: string | string[];
      Condition?: unknown;
    }[];
  };
  return Statement.map(({ Sid, Action, Resource, Condition }) => ({
    sid: Sid,
    actions: [Action].flat(),
    resources: [Resource].flat(),
    condition: Condition,
  }));
}

/**
 * Whether the statements, conditions aside, allow the action on the resource: `*` and `?` in resources are wildcards.
 */
export function allows(statements: readonly PolicyStatement[], action: string, resource: string): boolean {
  return statements.some(
    ({ actions, resources }) => actions.includes(action) && resources.some((one) => covers(one, resource)),
  );
}

function covers(pattern: string, resource: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(resource);
}
