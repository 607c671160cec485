// Amazon Cognito, Developer guide, quotas; AWS CloudFormation, User guide, quotas.

/** What AWS takes at most. */
export const QUOTAS = {
  groupsOfAPool: 10_000,
  /** Without asking for more. */
  serversOfAPool: 25,
  scopesOfAServer: 100,
  scopesOfAClient: 50,
  /** Of an identity pool, for one identity provider. */
  mappingRules: 25,
  resourcesOfAStack: 500,
} as const;
