/** What people call the providers that Cognito names in its own way. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ["SignInWithApple", "Apple"],
  ["LoginWithAmazon", "Amazon"],
]);

/** A provider as a button names it. @param name as Cognito has it, e.g. `SignInWithApple` */
export const providerLabel = (name: string) => LABELS.get(name) ?? name;
