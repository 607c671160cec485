import type { Service } from "../service/service.ts";

/**
 * The name of an authorizer that does not decide by the policy, or of another stack; undefined for one of claimgate,
 * whose findings are about the policy's own promises.
 */
export function foreignAuthorizer({ routes }: Service, name: string): string | undefined {
  const isOurs = routes.some(({ authorizer }) => authorizer?.kind === "lambda" && authorizer.name === name);
  return isOurs ? undefined : name;
}
