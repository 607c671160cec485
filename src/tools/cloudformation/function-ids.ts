/** The logical names that the framework gives to what belongs to a function. */
export interface FunctionIds {
  readonly function: string;
  readonly logGroup: string;
  /** The role that claimgate gives it, where serverless.yml names none. */
  readonly role: string;
}

/**
 * @param name the key under `functions`
 * @see node_modules/serverless/lib/plugins/aws/lib/naming.js, getNormalizedResourceName
 */
export function functionIds(name: string): FunctionIds {
  const text = name.replace(/-/g, "Dash").replace(/_/g, "Underscore");
  const prefix = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return { function: `${prefix}LambdaFunction`, logGroup: `${prefix}LogGroup`, role: `${prefix}Role` };
}
