// claimgate/authorizers: verify tokens and answer gateways. docs/library.md
export { type AppSyncAnswer, type AppSyncOptions, createAppSyncAuthorizer } from "../authorizers/appsync.ts";
export { type Caller, type CallerContext, type CallerMode, readCaller } from "../authorizers/caller.ts";
export type { CustomDomains, DomainMapping } from "../authorizers/custom-domains.ts";
export { headerValues } from "../authorizers/event-shape.ts";
export { SUBPROTOCOL } from "../authorizers/handshake-subprotocols.ts";
export { createHttpAuthorizer, type HttpAnswer } from "../authorizers/http.ts";
export type { HttpOptions } from "../authorizers/http-options.ts";
export { createHttpPolicyAuthorizer } from "../authorizers/http-policy.ts";
export { createHttpV1Authorizer } from "../authorizers/http-v1.ts";
export type { IamAnswer, IamStatement } from "../authorizers/iam-answer.ts";
export type { AuthorizationRecord, Gateway } from "../authorizers/outcome.ts";
export type { RestOptions, RestRequestOptions } from "../authorizers/rest-options.ts";
export { createRestAuthorizer } from "../authorizers/rest-request.ts";
export { createRestTokenAuthorizer } from "../authorizers/rest-token.ts";
export type { AuthorizerDependencies } from "../authorizers/run-authorizer.ts";
export type { TokenCookie } from "../authorizers/token-cookie.ts";
export { UndecidedError } from "../authorizers/undecided.ts";
export {
  createWebsocketAuthorizer,
  type TokenPlace,
  type WebsocketAnswer,
} from "../authorizers/websocket.ts";
export { ClaimgateError, ConfigurationError, type ErrorCode } from "../errors.ts";
export { createDecisionLog, type InputLogging } from "../lambda/decision-log.ts";
export { createLog, type Log } from "../lambda/log.ts";
export { readBearerToken } from "../token/bearer.ts";
export {
  type EmergencyStop,
  STOP_KEY,
  type StopChange,
  type StoppedPermission,
} from "../token/emergency-stop.ts";
export type { Issuer } from "../token/issuer.ts";
export {
  createMemoryRevocations,
  createRevocationCheck,
  type Revocation,
  type Revocations,
  revocationKey,
} from "../token/revocation.ts";
export { publishedKeysCache } from "../token/signing-keys-cache.ts";
export { createTokenMemo } from "../token/token-memo.ts";
export type { VerifiedMachine, VerifiedToken, VerifiedUser } from "../token/verified-token.ts";
export { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from "../token/verify.ts";
