import type { ParameterRule } from "../parameters.ts";

// The patterns of strings about the user pool. They are those of AWS's resource schemas, or narrower where the wider
// form would fail later or be a mistake.

/** `UserPoolIdType` of the Cognito API. */
export const POOL_ID: ParameterRule = {
  pattern: {
    test: /^[a-z]{2}(-[a-z]+)+-\d_[0-9a-zA-Z]{1,45}$/,
    expected: "the id of a user pool, `REGION_ID`, such as `eu-west-1_AbCdEf123`",
  },
};

export const SES_IDENTITY: ParameterRule = {
  pattern: {
    test: /^arn:aws[a-z-]*:ses:[a-z0-9-]+:\d{12}:identity\/\S+$/,
    expected: "the ARN of an SES identity, `arn:aws:ses:REGION:ACCOUNT:identity/NAME`",
  },
};

export const SENDER: ParameterRule = {
  pattern: {
    test: /^([^\s@<>]+@[^\s@<>]+|[^@<>]+ <[^\s@<>]+@[^\s@<>]+>)$/,
    expected: "an e-mail address, or `Name <address>`",
  },
};

export const CUSTOM_DOMAIN: ParameterRule = {
  pattern: {
    test: /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?){2,}$/,
    expected: "a subdomain in lower case, such as `auth.example.com`",
  },
};

/** CloudFront serves a custom domain, and accepts certificates of that region only. */
export const CERTIFICATE: ParameterRule = {
  pattern: {
    test: /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
    expected: "the ARN of an ACM certificate in us-east-1, independent of the pool's region",
  },
};

/**
 * `CallbackURLs` of the Cognito API: absolute, without a fragment, and HTTPS except on the developer's own machine.
 */
export const REDIRECT_URLS: ParameterRule = {
  items: {
    test: /^(https:\/\/[^\s#/?*]+([/?][^\s#]*)?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?][^\s#]*)?)$/,
    expected: "https:// URLs without `#`, or http:// URLs of localhost",
  },
};
