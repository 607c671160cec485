import { DEFAULT_TOKEN_BUDGET } from "../../triggers/token-budget.ts";
import { POLICY_VERSION } from "../deployment/policy-version.ts";

/** An environment variable of a function. */
export interface FunctionVariable {
  /** Whether the function does not start without it. */
  readonly required: boolean;
  /** The value if it is missing; null if there is none. */
  readonly default: string | null;
  readonly meaning: string;
}

type Variables = Readonly<Record<string, FunctionVariable>>;

const POOL_ALIAS: Variables = {
  CLAIMGATE_POOL_ALIAS: optional(null, "the alias of the pool, where several pools are trusted"),
};

const VERSION: Variables = {
  [POLICY_VERSION]: optional(null, "the `policyVersion` of the manifest, to see what is deployed"),
};

const TABLE: Variables = {
  CLAIMGATE_REVOCATION_TABLE: optional(
    null,
    "the DynamoDB table of revoked tokens and suspended users, with the key `key`",
  ),
};

/** What every authorizer reads; docs/authorizers.md says more. */
export const AUTHORIZER_VARIABLES: Variables = {
  CLAIMGATE_USER_POOL_ID: required("the id of the user pool whose tokens are accepted"),
  CLAIMGATE_APP_CLIENTS: required(
    'JSON, logical name -> id of the app clients whose tokens are accepted: `{"web":"1h57kf5cpq17m0eml12EXAMPLE"}`',
  ),
  ...POOL_ALIAS,
  CLAIMGATE_ISSUER_FORMS: optional(
    "original",
    "the issuer forms of the pool: `original`, `updated`, or both with a comma",
  ),
  CLAIMGATE_ADDITIONAL_REGIONS: optional(
    null,
    "the regions of the pool's replicas, with commas: `eu-central-1,eu-west-3`",
  ),
  CLAIMGATE_ADDITIONAL_ISSUERS: optional("[]", "JSON, the further pools"),
  CLAIMGATE_KEY_SETS: optional(
    null,
    "JSON, keys of the pools as `claimgate keys` writes them, for a function that cannot reach Cognito",
  ),
  CLAIMGATE_AUDIENCE: optional(
    null,
    "the names of the API in `aud`, with commas; a token for another API is refused",
  ),
  CLAIMGATE_AUDIENCE_REQUIRED: optional(
    "nobody",
    "whose tokens must name an API in `aud`: `nobody`, `users` or `all`",
  ),
  CLAIMGATE_TOKEN_MEMO: optional("0", "how many verified tokens are remembered"),
  ...TABLE,
  CLAIMGATE_REVOCATION_ON_FAILURE: optional(
    "closed",
    "`closed` or `open`, for when the table cannot be read",
  ),
  CLAIMGATE_API_DOMAINS: optional("{}", "JSON, the custom domains of HTTP APIs and their base paths"),
  CLAIMGATE_REPORT_ONLY: optional("false", "`true` lets through what would be denied"),
  CLAIMGATE_LOG_INPUTS: optional(
    "plain",
    "`plain` or `hashed`: the values of conditions in the decision log",
  ),
  ...VERSION,
};

/** For the authorizers that see the headers of a request. */
const COOKIE: Variables = {
  CLAIMGATE_TOKEN_COOKIE: optional(
    null,
    "the cookie that may carry the token, such as `__Host-access_token`; no identity source may be `Authorization` then",
  ),
  CLAIMGATE_COOKIE_ORIGINS: optional(
    null,
    "the origins whose pages may change something with that cookie, with commas: `https://app.example.com`",
  ),
};

/** What the authorizers of single gateways read besides; docs/gateways.md says more. */
export const GATEWAY_VARIABLES = {
  http: {
    CLAIMGATE_THROW_UNAUTHORIZED: optional(
      "false",
      "`true` to throw `Unauthorized` for a bad token, which HTTP APIs may answer with 401 or 500",
    ),
    ...COOKIE,
  },
  restRequest: COOKIE,
  rest: {
    CLAIMGATE_WHOLE_API_ANSWER: optional("false", "`true` for one answer to all routes of the API"),
    CLAIMGATE_USAGE_KEYS: optional("{}", "JSON, logical name of an app client -> its API key"),
  },
  websocket: {
    CLAIMGATE_TOKEN_PLACE: optional(
      "subprotocol",
      "where clients put the token: `subprotocol`, `header` or `query`; the identity source must match",
    ),
  },
  appSync: {
    CLAIMGATE_APPSYNC_TTL: optional("0", "how many seconds AppSync may cache an answer, at most 3600"),
    CLAIMGATE_APPSYNC_SCHEME: optional(
      null,
      "the only scheme in front of the token, such as `Token`, for an API that also has a Cognito or OIDC mode",
    ),
  },
} as const satisfies Readonly<Record<string, Variables>>;

const PROVIDERS: Variables = {
  CLAIMGATE_TRUSTED_PROVIDERS: optional(
    "{}",
    'JSON, identity provider -> e-mail domains that it is trusted for: `{"Google":["example.com"]}`',
  ),
  CLAIMGATE_ALL_PROVIDERS_LISTED: optional(
    "false",
    "whether that map names every identity provider of the pool",
  ),
};

const DIRECTORIES: Variables = {
  CLAIMGATE_DIRECTORIES: optional(
    "{}",
    'JSON, identity provider -> where its groups are: `{"CorpSAML":{"attribute":"custom:groups","form":"ids"}}`',
  ),
};

/** What the triggers read; docs/triggers.md says more. */
export const TRIGGER_VARIABLES = {
  preSignUp: {
    CLAIMGATE_AUTO_CONFIRM: optional(
      "false",
      "confirm users without a code, where no `g3` row gives them groups",
    ),
    CLAIMGATE_LINK_FEDERATED_USERS: optional("false", "link a first federated sign-in to the native user"),
    CLAIMGATE_SUBJECT_ATTRIBUTES: optional(
      "{}",
      'JSON, identity provider -> attribute that it maps to its own id of the user, for linking: `{"okta":"custom:okta_id"}`',
    ),
    ...PROVIDERS,
    ...DIRECTORIES,
    ...TABLE,
    ...VERSION,
  },
  postConfirmation: { ...PROVIDERS, ...POOL_ALIAS, ...VERSION },
  preTokenGeneration: {
    ...PROVIDERS,
    ...DIRECTORIES,
    CLAIMGATE_HEAL_GROUPS: optional("true", "make up for group assignments that never happened"),
    CLAIMGATE_SCOPE_PREFIX: optional(null, "such as `orders-api/`: permissions become scopes"),
    CLAIMGATE_FIRST_PARTY_CLIENTS: optional(null, "ids of the app clients whose users get these scopes"),
    CLAIMGATE_COPIED_CLAIMS: optional(
      "{}",
      "JSON, claim of the access token -> user attribute that it is copied from",
    ),
    CLAIMGATE_TOKEN_BUDGET: optional(String(DEFAULT_TOKEN_BUDGET), "bytes of the token, at least 1000"),
    ...POOL_ALIAS,
    ...VERSION,
  },
} as const satisfies Readonly<Record<string, Variables>>;

function required(meaning: string): FunctionVariable {
  return { required: true, default: null, meaning };
}

function optional(value: string | null, meaning: string): FunctionVariable {
  return { required: false, default: value, meaning };
}
