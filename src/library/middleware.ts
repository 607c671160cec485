// claimgate/middleware: decide again in the backend. docs/middleware.md

export { type Caller, type CallerContext, type CallerMode, readCaller } from "../authorizers/caller.ts";
export type { CustomDomains, DomainMapping } from "../authorizers/custom-domains.ts";
export { decodedParameters } from "../authorizers/request-route.ts";
export {
  type Checked,
  type CheckOptions,
  checkPermission,
  type Refusal,
} from "../middleware/check-permission.ts";
export {
  createPermissionGuard,
  ForbiddenError,
  type ParametersOf,
  type PermissionMiddleware,
} from "../middleware/require-permission.ts";
