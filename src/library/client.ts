// claimgate/client: what a front end offers, from a token and a part of the policy. docs/front-end.md
export { type AccessOptions, createAccess, type FrontEndAccess } from "../client/access.ts";
export type {
  FrontEndComparison,
  FrontEndPermission,
  FrontEndPolicy,
  FrontEndRule,
  FrontEndTenantGroup,
} from "../client/front-end-policy.ts";
export type { TokenOptions, TokenProblem } from "../client/identity.ts";
