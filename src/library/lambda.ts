// claimgate/lambda: environment -> ready handler. docs/library.md
export { currentPolicy } from "#policy-source";
export { authorizerDependencies } from "../lambda/authorizer-dependencies.ts";
export { emergencyStop } from "../lambda/emergency-stop.ts";
export type { Environment } from "../lambda/environment.ts";
export { log } from "../lambda/log.ts";
export {
  type AuthorizerOptions,
  appSyncAuthorizer,
  httpAuthorizer,
  httpPolicyAuthorizer,
  httpV1Authorizer,
  restAuthorizer,
  restTokenAuthorizer,
  websocketAuthorizer,
} from "../lambda/ready-authorizers.ts";
export {
  postConfirmation,
  preSignUp,
  preTokenGeneration,
  type TriggerHandler,
  type TriggerOptions,
} from "../lambda/ready-triggers.ts";
