import type { Attempt } from "./gateway.ts";

// What the forms of an HTTP API have in common.

/** HTTP APIs pass on a decoded path; what does not decode stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const decodedAll = (parameters: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decoded(value)]));

export function placeOf({ stage, domainName, arnPath }: Attempt) {
  return {
    ...(stage !== undefined && { stage }),
    ...(domainName !== undefined && { domainName }),
    ...(arnPath !== undefined && { arnPath }),
  };
}

/** HTTP APIs join repeated headers by a comma. */
export function joined({ authorization }: Attempt): Readonly<Record<string, string>> {
  return authorization.length === 0 ? {} : { authorization: authorization.join(",") };
}
