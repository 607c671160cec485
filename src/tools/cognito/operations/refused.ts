import { notSimulated } from "../cognito-error.ts";
import type { Operations } from "./operation.ts";

/** Every operation of the Cognito API that this pool does not have, by what it is about. */
const NAMES = [
  // A pool is what its configuration says; an operation that would change it changes nothing that lasts.
  ..."AddCustomAttributes CreateUserPool UpdateUserPool DeleteUserPool SetUserPoolMfaConfig".split(" "),
  ..."CreateUserPoolClient UpdateUserPoolClient DeleteUserPoolClient".split(" "),
  ..."AddUserPoolClientSecret DeleteUserPoolClientSecret ListUserPoolClientSecrets".split(" "),
  ..."CreateIdentityProvider UpdateIdentityProvider DeleteIdentityProvider".split(" "),
  "GetIdentityProviderByIdentifier",
  ..."CreateResourceServer UpdateResourceServer DeleteResourceServer DescribeResourceServer".split(" "),
  ..."CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain DescribeUserPoolDomain".split(" "),
  ..."CreateUserPoolReplica UpdateUserPoolReplica DeleteUserPoolReplica ListUserPoolReplicas".split(" "),
  ..."TagResource UntagResource ListTagsForResource GetSigningCertificate".split(" "),
  ..."GetLogDeliveryConfiguration SetLogDeliveryConfiguration".split(" "),
  ..."GetProvisionedLimit UpdateProvisionedLimit".split(" "),
  // Import of users
  ..."CreateUserImportJob StartUserImportJob StopUserImportJob DescribeUserImportJob".split(" "),
  ..."ListUserImportJobs GetCSVHeader".split(" "),
  // Looks and terms of managed login
  ..."CreateManagedLoginBranding UpdateManagedLoginBranding DeleteManagedLoginBranding".split(" "),
  ..."DescribeManagedLoginBranding DescribeManagedLoginBrandingByClient".split(" "),
  ..."GetUICustomization SetUICustomization".split(" "),
  ..."CreateTerms UpdateTerms DeleteTerms DescribeTerms DescribeTermsByClient ListTerms".split(" "),
  // Devices
  ..."ConfirmDevice ForgetDevice GetDevice ListDevices UpdateDeviceStatus".split(" "),
  ..."AdminForgetDevice AdminGetDevice AdminListDevices AdminUpdateDeviceStatus".split(" "),
  // Passkeys
  ..."StartWebAuthnRegistration CompleteWebAuthnRegistration".split(" "),
  ..."ListWebAuthnCredentials DeleteWebAuthnCredential".split(" "),
  // Threat protection
  ..."DescribeRiskConfiguration SetRiskConfiguration AdminListUserAuthEvents".split(" "),
  ..."AdminUpdateAuthEventFeedback UpdateAuthEventFeedback".split(" "),
  // Sessions of users
  ..."GetUserPoolSessionConfiguration SetUserPoolSessionConfiguration GetClientToken".split(" "),
  ..."GetUserPoolClientSessionConfiguration SetUserPoolClientSessionConfiguration".split(" "),
  ..."AdminListUserSessions AdminRevokeUserSession ListUserSessions RevokeUserSession".split(" "),
  "AdminDeleteSoftwareToken",
  // MFA by SMS as it was set before 2018
  ..."AdminSetUserSettings SetUserSettings".split(" "),
];

/** Answers each of them with its name. */
export const refusedOperations: Operations = Object.fromEntries(
  NAMES.map((name) => [name, () => Promise.reject(notSimulated(name))]),
);
