import type { Operations } from "../operations/operation.ts";
import { adminGetUserAuthFactors, getUserAuthFactors } from "./auth-factors.ts";
import {
  adminInitiateAuth,
  adminRespondToAuthChallenge,
  initiateAuth,
  respondToAuthChallenge,
} from "./initiate-auth.ts";
import { adminSetUserMfaPreference, setUserMfaPreference } from "./mfa-preference.ts";
import { getTokensFromRefreshToken } from "./refresh.ts";
import { adminUserGlobalSignOut, globalSignOut, revokeToken } from "./sign-out.ts";
import { associateSoftwareToken, verifySoftwareToken } from "./software-token.ts";

export const signInOperations: Operations = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: adminInitiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AssociateSoftwareToken: associateSoftwareToken,
  VerifySoftwareToken: verifySoftwareToken,
  SetUserMFAPreference: setUserMfaPreference,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  GetUserAuthFactors: getUserAuthFactors,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
};
