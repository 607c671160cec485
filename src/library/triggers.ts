// claimgate/triggers: the three triggers of a user pool. docs/library.md
export { createCognitoDirectory } from "../lambda/cognito-directory.ts";
export type { PreSignUpOptions } from "../triggers/decide-sign-up.ts";
export type { AccountDirectory, GroupDirectory, PoolUser } from "../triggers/directory.ts";
export {
  createDirectoryProviders,
  type DirectoryProvider,
  type DirectoryProviders,
} from "../triggers/directory-providers.ts";
export { createPostConfirmation, type PostConfirmationOptions } from "../triggers/post-confirmation.ts";
export {
  ADDRESS_NEEDED,
  createPreSignUp,
  PHONE_REFUSED,
  SIGN_IN_AGAIN,
  SIGN_UP_REFUSED,
} from "../triggers/pre-sign-up.ts";
export {
  createPreTokenGeneration,
  type PreTokenGenerationOptions,
} from "../triggers/pre-token-generation.ts";
export { PublicRefusal, TRY_LATER, type TriggerLog } from "../triggers/report.ts";
export { createSubjectAttributes, type SubjectAttributes } from "../triggers/subject-attributes.ts";
export { createTrustedProviders, type TrustedProviders } from "../triggers/trusted-providers.ts";
