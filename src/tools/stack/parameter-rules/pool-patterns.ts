import type { ParameterRule } from "../parameters.ts";

// What texts about the user pool must look like. The patterns are those of AWS's resource schemas, or narrower where
// the wider form would fail later or be a mistake.

/** `UserPoolIdType` of the Cognito API. */
export const POOL_ID: ParameterRule = {
  pattern: {
    test: /^[a-z]{2}(-[a-z]+)+-\d_[0-9a-zA-Z]{1,45}$/,
    expected: "the id of a user pool, `REGION_ID`, such as `eu-west-1_AbCdEf123`",
  },
};

/** In subjects and texts of messages, and in an SMS of at most 140 characters. */
export const PRODUCT_NAME: ParameterRule = {
  pattern: {
    test: /^[^{}<>\r\n]{1,40}$/,
    expected: "a name of at most 40 characters, without braces and angle brackets",
  },
};

export const SES_IDENTITY: ParameterRule = {
  pattern: {
    test: /^arn:aws[a-z-]*:ses:[a-z0-9-]+:\d{12}:identity\/\S+$/,
    expected: "the ARN of an SES identity, `arn:aws:ses:REGION:ACCOUNT:identity/NAME`",
  },
};

export const ADDRESS: ParameterRule = {
  pattern: { test: /^[^\s@<>]+@[^\s@<>]+$/, expected: "an e-mail address" },
};

export const SENDER: ParameterRule = {
  pattern: {
    test: /^([^\s@<>]+@[^\s@<>]+|[^@<>]+ <[^\s@<>]+@[^\s@<>]+>)$/,
    expected: "an e-mail address, or `Name <address>`",
  },
};

/** Words that Cognito reserves: developer guide, "Configuring a user pool domain". */
export const DOMAIN_PREFIX: ParameterRule = {
  pattern: {
    test: /^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    expected: "lower-case letters, digits and hyphens, at most 63, without `aws`, `amazon` or `cognito`",
  },
};

export const CUSTOM_DOMAIN: ParameterRule = {
  pattern: {
    test: /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?){2,}$/,
    expected: "a subdomain in lower case, such as `auth.example.com`",
  },
};

/** A custom domain is served by CloudFront, which takes certificates of that region only. */
export const CERTIFICATE: ParameterRule = {
  pattern: {
    test: /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
    expected: "the ARN of an ACM certificate in us-east-1, whatever the region of the pool",
  },
};

/** `CallbackURLs` of the Cognito API: absolute, no fragment, HTTPS but on the developer's own machine. */
export const REDIRECT_URLS: ParameterRule = {
  items: {
    test: /^(https:\/\/[^\s#/?*]+([/?][^\s#]*)?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?][^\s#]*)?)$/,
    expected: "https:// URLs without `#`, or http:// ones of localhost",
  },
};

/** The limit of an identity provider's client id is the provider's; a blank or a quote is always a mistake. */
export const CLIENT_ID: ParameterRule = {
  pattern: { test: /^[^\s"'{}]+$/, expected: "an identifier without blanks, quotes and braces" },
};

/** A name or an ARN; a dynamic reference takes both. */
export const SECRET_NAME: ParameterRule = {
  pattern: {
    test: /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[A-Za-z0-9/_+=.@-]+$/,
    expected: "the name or ARN of a secret in Secrets Manager, not the secret",
  },
};

/** `ProviderNameType` of the Cognito API, ASCII. No underscore: it ends the provider in a federated user name. */
export const PROVIDER_NAME: ParameterRule = {
  pattern: {
    test: /^[A-Za-z0-9][A-Za-z0-9-]{2,31}$/,
    expected: "3 to 32 letters, digits and hyphens",
  },
};

export const HTTPS_URL: ParameterRule = {
  pattern: { test: /^https:\/\/[^\s#]+$/, expected: "an https:// URL" },
};

export const SCOPES: ParameterRule = {
  pattern: {
    test: /^(?=(.* )?openid( |$))[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*$/,
    expected: "scopes separated by a blank, `openid` among them",
  },
};

/**
 * `ProviderDetails` of the Cognito API: Facebook's scopes are separated by commas, and only `email` tells an address.
 */
export const FACEBOOK_SCOPES: ParameterRule = {
  pattern: {
    test: /^(?=(.*,)? *email *(,|$))\w+(, *\w+)*$/,
    expected: "scopes separated by commas, `email` among them",
  },
};

export const API_VERSION: ParameterRule = {
  pattern: {
    test: /^v\d{1,3}\.\d{1,2}$/,
    expected: "a version of the Graph API such as `v17.0`, or nothing",
  },
};

/** `profile` tells the address. */
export const AMAZON_SCOPES: ParameterRule = {
  pattern: {
    test: /^(?=(.* )?profile( |$))[\w:]+( [\w:]+)*$/,
    expected: "scopes separated by a blank, `profile` among them",
  },
};
