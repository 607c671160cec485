import type { JsonObject } from "../../../json.ts";
import type { Attributes, LinkedIdentity, User } from "../directory/user.ts";
import { attributeList, secondsOf } from "./request.ts";

/** All attributes of a user, with the linked accounts as the one that Cognito keeps of them. */
export function shownAttributes({ attributes, identities }: User): Attributes {
  if (identities.length === 0) return attributes;
  return { ...attributes, identities: JSON.stringify(identities.map(shownIdentity)) };
}

/** What answers say of a user besides the attributes: as `AdminGetUser` has it. */
export function userFacts({ username, enabled, status, createdAt, modifiedAt }: User): JsonObject {
  return {
    Username: username,
    Enabled: enabled,
    UserStatus: status,
    UserCreateDate: secondsOf(createdAt),
    UserLastModifiedDate: secondsOf(modifiedAt),
  };
}

/** A user as lists have it: `UserType`. */
export const userType = (user: User): JsonObject => ({
  ...userFacts(user),
  Attributes: attributeList(shownAttributes(user)),
});

/** What `GetUser` and `AdminGetUser` say of MFA. */
export function mfaFacts({ mfa }: User): JsonObject {
  return {
    ...(mfa.preferred === undefined ? {} : { PreferredMfaSetting: mfa.preferred }),
    ...(mfa.enabled.length === 0 ? {} : { UserMFASettingList: mfa.enabled }),
  };
}

const shownIdentity = ({ userId, providerName, providerType, primary, createdAt }: LinkedIdentity) => ({
  userId,
  providerName,
  providerType,
  issuer: null,
  primary,
  dateCreated: createdAt,
});
