import { objectOf } from "../json.ts";
import { createPoolAlias } from "../token/issuer.ts";
import type { PreSignUpOptions } from "../triggers/decide-sign-up.ts";
import { createDirectoryProviders, type DirectoryProviders } from "../triggers/directory-providers.ts";
import type { PostConfirmationOptions } from "../triggers/post-confirmation.ts";
import type { PreTokenGenerationOptions } from "../triggers/pre-token-generation.ts";
import { type CopiedClaims, createCopiedClaims } from "../triggers/reserved-claims.ts";
import { createSubjectAttributes, type SubjectAttributes } from "../triggers/subject-attributes.ts";
import { DEFAULT_TOKEN_BUDGET } from "../triggers/token-budget.ts";
import { createFirstPartyClients, createScopePrefix } from "../triggers/token-content.ts";
import { createTrustedProviders, type TrustedProviders } from "../triggers/trusted-providers.ts";
import {
  asText,
  asTexts,
  type Environment,
  flag,
  inVariable,
  jsonMap,
  optional,
  wholeNumber,
} from "./environment.ts";
import type { Log } from "./log.ts";
import { errorFields } from "./log.ts";

// Environment variables of the triggers; docs/triggers.md has the table.

/** @throws ConfigurationError naming the variable */
export function preSignUpOptions(env: Environment): PreSignUpOptions {
  return {
    autoConfirm: flag(env, "CLAIMGATE_AUTO_CONFIRM", false),
    linkFederatedUsers: flag(env, "CLAIMGATE_LINK_FEDERATED_USERS", false),
    trustedProviders: trustedProviders(env),
    directories: directories(env),
    subjectAttributes: subjectAttributes(env),
  };
}

/** @throws ConfigurationError naming the variable */
export function postConfirmationOptions(env: Environment): PostConfirmationOptions {
  return { trustedProviders: trustedProviders(env), poolAlias: poolAlias(env) };
}

/** @throws ConfigurationError naming the variable */
export function preTokenGenerationOptions(env: Environment): PreTokenGenerationOptions {
  const scopePrefix = optional(env, "CLAIMGATE_SCOPE_PREFIX");
  const clients = optional(env, "CLAIMGATE_FIRST_PARTY_CLIENTS");
  return {
    trustedProviders: trustedProviders(env),
    healGroups: flag(env, "CLAIMGATE_HEAL_GROUPS", true),
    tokenBudget: wholeNumber(env, "CLAIMGATE_TOKEN_BUDGET", DEFAULT_TOKEN_BUDGET, 1_000),
    scopePrefix: inVariable("CLAIMGATE_SCOPE_PREFIX", () => createScopePrefix(scopePrefix)),
    firstPartyClients: inVariable("CLAIMGATE_FIRST_PARTY_CLIENTS", () => createFirstPartyClients(clients)),
    copiedClaims: copiedClaims(env),
    directories: directories(env),
    poolAlias: poolAlias(env),
  };
}

/**
 * Reads the options when the function starts, so that a wrong variable is in the log before the first event. Each use
 * returns them or throws the same error. The function starts anyway: otherwise Cognito would show Lambda's report, with
 * our message in it, to the user who signs in.
 */
export function readAtStart<T>(log: Log, functionName: string, read: () => T): () => T {
  try {
    const options = read();
    return () => options;
  } catch (error) {
    log("error", "configuration-invalid", { function: functionName, ...errorFields(error) });
    return () => {
      throw error;
    };
  }
}

function poolAlias(env: Environment): string | undefined {
  const name = "CLAIMGATE_POOL_ALIAS";
  return inVariable(name, () => createPoolAlias(optional(env, name)));
}

function trustedProviders(env: Environment): TrustedProviders {
  const name = "CLAIMGATE_TRUSTED_PROVIDERS";
  const configured = jsonMap(env, name, asTexts, 'a JSON object such as `{"Google":["example.com"]}`');
  const complete = flag(env, "CLAIMGATE_ALL_PROVIDERS_LISTED", false);
  return inVariable(name, () => createTrustedProviders(configured, { complete }));
}

function copiedClaims(env: Environment): CopiedClaims {
  const name = "CLAIMGATE_COPIED_CLAIMS";
  const configured = jsonMap(env, name, asText, 'a JSON object such as `{"tenant_id":"custom:tenant_id"}`');
  return inVariable(name, () => createCopiedClaims(configured));
}

function directories(env: Environment): DirectoryProviders {
  const name = "CLAIMGATE_DIRECTORIES";
  const expected = 'a JSON object such as `{"CorpSAML":{"attribute":"custom:groups","form":"ids"}}`';
  const configured = jsonMap(env, name, objectOf, expected);
  return inVariable(name, () => createDirectoryProviders(configured));
}

function subjectAttributes(env: Environment): SubjectAttributes {
  const name = "CLAIMGATE_SUBJECT_ATTRIBUTES";
  const configured = jsonMap(env, name, asText, 'a JSON object such as `{"okta":"custom:okta_id"}`');
  return inVariable(name, () => createSubjectAttributes(configured));
}
