import { lowerAscii } from "../policy/ascii.ts";
import type { FederatedName } from "./trusted-providers.ts";

/** The id of a user at the provider, if it is known exactly. */
export type VerbatimSubject =
  | { readonly subject: string; readonly unknown?: undefined }
  | {
      readonly subject?: undefined;
      readonly unknown: "subject_case_unknown" | "subject_attribute_missing" | "subject_attribute_differs";
    };

/**
 * The id of a federated user as the provider spells it. A wrong one would link another person's identity.
 *
 * With a configured attribute, its value is the id, but only if the user name agrees with it: exactly, or in lower case
 * if all of the user name is. A user who can write the attribute at the provider can only choose another case of the
 * own id.
 *
 * @param attribute the value of the configured attribute, undefined if the event has none; `"none"` if the provider has
 *   no configured attribute
 */
export function verbatimSubject(
  name: FederatedName,
  attribute: { readonly value: string | undefined } | "none",
): VerbatimSubject {
  const { subject, spelledProvider } = name;
  if (attribute === "none") return keepsCase(name) ? { subject } : { unknown: "subject_case_unknown" };
  const { value } = attribute;
  if (value === undefined) return { unknown: "subject_attribute_missing" };
  const spelled = `${spelledProvider}_${subject}`;
  const agrees = value === subject || (spelled === lowerAscii(spelled) && lowerAscii(value) === subject);
  return agrees ? { subject: value } : { unknown: "subject_attribute_differs" };
}

/**
 * Whether the subject in the user name equals the provider's own. Cognito lower-cases some user names; if it did so
 * with the provider, a subject with letters may have changed.
 */
function keepsCase({ provider, spelledProvider, subject }: FederatedName): boolean {
  const spelled = `${spelledProvider}_${subject}`;
  return (
    // An upper-case letter proves that nothing was lower-cased; a provider named `okta` proves nothing.
    (spelledProvider === provider && spelled !== spelled.toLowerCase()) ||
    subject.toLowerCase() === subject.toUpperCase() ||
    (provider === "SignInWithApple" && APPLE_SUBJECT.test(subject))
  );
}

/** Apple's ids have only lower-case hexadecimal letters, so lower-casing does not change them. */
const APPLE_SUBJECT = /^\d{6}\.[0-9a-f]{32}\.\d{4}$/;
