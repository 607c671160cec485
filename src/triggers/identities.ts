/**
 * The providers in the `identities` attribute, which Cognito writes: a JSON array of `{providerName, userId, ...}`.
 * Undefined means an unknown provider.
 */
export function linkedProviders(identities: string | undefined): readonly (string | undefined)[] {
  if (identities === undefined) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(identities);
  } catch {
    return [undefined];
  }
  if (!Array.isArray(parsed)) return [undefined];
  return parsed.map((identity: unknown) => {
    const name: unknown =
      typeof identity === "object" && identity !== null && "providerName" in identity
        ? identity.providerName
        : undefined;
    return typeof name === "string" ? name : undefined;
  });
}
