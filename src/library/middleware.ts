// claimgate/middleware: decide again in the backend. docs/middleware.md

export { type Caller, type CallerContext, type CallerMode, readCaller } from "../authorizers/caller.ts";
export type { CustomDomains, DomainMapping } from "../authorizers/custom-domains.ts";
export type { EmergencyStop } from "../authorizers/emergency-stop.ts";
export { decodedParameters } from "../authorizers/request-route.ts";
export {
  type Checked,
  type CheckOptions,
  checkPermission,
  type Refusal,
} from "../middleware/check-permission.ts";
export {
  createExpressGuard,
  type ExpressGuard,
  type ExpressMiddleware,
  type ExpressRequest,
  type ExpressResponse,
} from "../middleware/frameworks/express.ts";
export type { Access, FrameworkParameters } from "../middleware/frameworks/framework-guard.ts";
export {
  createHonoGuard,
  type HonoContext,
  type HonoGuard,
  type HonoMiddleware,
} from "../middleware/frameworks/hono.ts";
export {
  createPowertoolsGuard,
  type PowertoolsContext,
  type PowertoolsGuard,
  type PowertoolsMiddleware,
} from "../middleware/frameworks/powertools.ts";
export type { ServerGuardOptions } from "../middleware/frameworks/web-adapter.ts";
export {
  createPermissionGuard,
  ForbiddenError,
  type GuardOptions,
  type ParametersOf,
  type PermissionMiddleware,
} from "../middleware/require-permission.ts";
