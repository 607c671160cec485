// Amazon Cognito, Developer guide, quotas; Amazon API Gateway and AWS Lambda, Developer guides, quotas; AWS
// CloudFormation, User guide, quotas.

/** Limits of AWS. */
export const QUOTAS = {
  groupsOfAPool: 10_000,
  /** Without a quota increase. */
  serversOfAPool: 25,
  scopesOfAServer: 100,
  scopesOfAClient: 50,
  /** Of an identity pool, for one identity provider. */
  mappingRules: 25,
  resourcesOfAStack: 500,
  /** Characters of one resource in an authorizer's answer. */
  resourceOfAnAnswer: 512,
  /** Bytes of a function's answer. REST APIs have no documented limit of their own. */
  answerOfAFunction: 6 * 1024 * 1024,
  /** Bytes of all environment variables of a function together. */
  environmentOfAFunction: 4096,
} as const;
