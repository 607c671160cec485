import { ON_OFF, type ParameterRule } from "./parameters.ts";

/**
 * What each parameter of serverless.yml may be. Its meaning is said where it is set: `params.default` of
 * serverless.yml, and docs/deploying.md.
 */
export const PARAMETER_RULES: ReadonlyMap<string, ParameterRule> = new Map<string, ParameterRule>([
  // Triggers and tokens
  ["autoConfirm", ON_OFF],
  ["linkFederatedUsers", ON_OFF],
  ["healGroups", ON_OFF],
  ["preTokenGenerationVersion", { values: ["V2_0", "V3_0"] }],

  // User pool
  ["deletionProtection", { values: ["ACTIVE", "INACTIVE"] }],

  // Sign-in and app clients

  // Federation

  // Groups
  ["groupsFromPolicy", ON_OFF],

  // Identity pool
  ["identityPool", ON_OFF],
  ["guestAccess", ON_OFF],
  ["roleMapping", { values: ["token", "rules"] }],
  ["ambiguousRole", { values: ["AuthenticatedRole", "Deny"] }],
  ["userFiles", ON_OFF],
  ["userFilesDeletionPolicy", { values: ["Delete", "Retain"] }],

  // APIs

  // Operations
  ["logInputs", { values: ["plain", "hashed"] }],
]);
