import type { PolicyPair } from "./asked-question.ts";

/** The value of that number: equal to no other, and to nothing that either policy names. */
export type FreshValues = (number: number) => string;

/**
 * Values such as `x1`, which can be a segment of a path, a claim, a tenant, a part of a permission or of an address.
 */
export function freshValues({ before, after }: PolicyPair): FreshValues {
  const named = [before, after].flatMap((policy) => [
    ...policy.routes.names,
    ...policy.conditions.keys(),
    ...policy.rowsByPattern.keys(),
    ...policy.decisionRows.map(({ subject }) => subject),
    ...policy.rolesOf.keys(),
    ...policy.tenantRoles.map(({ member }) => member),
    ...[...policy.apps].flatMap(([client, rows]) => [client, ...rows.keys()]),
    ...[...policy.signUpRows, ...policy.landingRows].map(({ pattern }) => pattern.toLowerCase()),
  ]);
  let prefix = "x";
  while (named.some((text) => text.includes(prefix))) prefix = nextPrefix(prefix);
  return (number) => `${prefix}${number + 1}`;
}

const LETTERS = ["x", "y", "z", "w", "v", "q", "k"];

function nextPrefix(prefix: string): string {
  const next = LETTERS[LETTERS.indexOf(prefix.slice(-1)) + 1];
  return next === undefined ? `${prefix}x` : `${prefix.slice(0, -1)}${next}`;
}
