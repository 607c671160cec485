import { ConfigurationError } from "../errors.ts";
import { MARKER_ATTRIBUTE } from "./directory.ts";

/**
 * By identity provider, the user attribute that it maps to its own id of the user. There the id keeps its case, which
 * Cognito may lower in the user name.
 */
export type SubjectAttributes = ReadonlyMap<string, string>;

/**
 * Checks a configured map such as `{"okta":"custom:okta_id"}`.
 *
 * @throws ConfigurationError naming the provider
 *
 * @example
 * import { createSubjectAttributes } from "claimgate/triggers";
 *
 * export const subjectAttributes = createSubjectAttributes(new Map([["okta", "custom:okta_id"]]));
 */
export function createSubjectAttributes(configured: ReadonlyMap<string, string>): SubjectAttributes {
  for (const [name, attribute] of configured) {
    if (!/^\S{1,32}$/.test(name)) {
      throw new ConfigurationError(`\`${name}\` is not a provider name of a user pool`);
    }
    if (!/^custom:\S{1,20}$/.test(attribute) || attribute === MARKER_ATTRIBUTE) {
      throw new ConfigurationError(
        `provider \`${name}\` has the attribute \`${attribute}\`; expected one of its own, such as \`custom:okta_id\``,
      );
    }
  }
  return new Map(configured);
}
