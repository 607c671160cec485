import { ConfigurationError, refuseFormerName } from "../errors.ts";

/** A user pool whose tokens are accepted. */
export interface Issuer {
  /** E.g. `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;
  /** Logical name -> id of the app clients whose tokens are accepted; at least one. */
  readonly appClients: ReadonlyMap<string, string>;
  /**
   * The pool alias, `legacy` in `group:legacy/admin`; undefined only where there is one
   * pool.
   */
  readonly poolAlias?: string | undefined;
  /** The forms of `iss` that the pool issues; undefined means only the original one. */
  readonly forms?: readonly IssuerForm[] | undefined;
  /**
   * The other regions that the pool is replicated to, e.g. `["eu-central-1"]`. In the original form, a token names the
   * region that issued it (https://github.com/awslabs/aws-jwt-verify/issues/282); in the updated form, always the
   * primary one.
   */
  readonly additionalRegions?: readonly string[] | undefined;
}

/**
 * The form of a pool's issuer: the original one, or the updated one after the pool was switched (`IssuerConfiguration`;
 * replicas in other regions need it).
 */
export type IssuerForm = (typeof ISSUER_FORM_NAMES)[number];

/** In the order of {@link issuerForms}. */
export const ISSUER_FORM_NAMES = ["original", "updated"] as const;

/** An issuer, prepared for verification. */
export interface KnownIssuer {
  readonly userPoolId: string;
  readonly poolAlias: string | undefined;
  /** Id -> logical name. */
  readonly clientNames: ReadonlyMap<string, string>;
}

// No `/`: the first one ends the alias, whatever the name behind it holds. One case only, so that no two
// aliases look alike.
const POOL_ALIAS = /^[a-z][a-z0-9-]{0,31}$/;

const REGION_NAME = "[a-z]{2,4}(?:-[a-z0-9]+)+";
const REGION = new RegExp(`^${REGION_NAME}$`);
const USER_POOL_ID = new RegExp(`^(${REGION_NAME})_[a-zA-Z0-9]+$`);

/**
 * The issuers by each configured form of `iss`: a pool has the original one until it is switched to the updated one,
 * without an interruption (`IssuerConfiguration`,
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html).
 *
 * With two or more pools each has its own alias, so that a group `admin` of one pool makes no administrators of the
 * other. Names of app clients are subjects without an alias: each is used once.
 *
 * @throws ConfigurationError naming the pool and the problem
 */
export function knownIssuers(issuers: readonly Issuer[]): ReadonlyMap<string, KnownIssuer> {
  if (issuers.length === 0) throw new ConfigurationError("no user pool is configured");
  refuseRepeated(
    issuers.map(({ userPoolId }) => userPoolId),
    (id) => `the user pool \`${id}\` is configured twice`,
  );
  for (const issuer of issuers) checkPoolAlias(issuer, issuers.length);
  refuseRepeated(
    issuers.flatMap(({ poolAlias }) => poolAlias ?? []),
    (alias) => `two user pools have the alias \`${alias}\``,
  );
  const known = issuers.map((issuer) => ({ issuer, clientNames: clientNamesOf(issuer) }));
  refuseRepeated(
    issuers.flatMap(({ appClients }) => [...appClients.keys()]),
    (name) =>
      `app clients of two user pools are called \`${name}\`; \`client:\` rows could not tell them apart`,
  );
  return new Map(
    known.flatMap(({ issuer, clientNames }) => {
      const { userPoolId, poolAlias } = issuer;
      return acceptedIssuers(issuer).map((iss) => [iss, { userPoolId, poolAlias, clientNames }] as const);
    }),
  );
}

/** The region of a pool by its id. */
const regions = new Map<string, string>();

/** The region in the id of a user pool; undefined for what is no such id. A start asks for each pool several times. */
function regionOf(userPoolId: string): string | undefined {
  const known = regions.get(userPoolId);
  if (known !== undefined) return known;
  const region = USER_POOL_ID.exec(userPoolId)?.[1];
  if (region !== undefined) regions.set(userPoolId, region);
  return region;
}

/** The starts of the two forms of an issuer. */
export const ISSUER_FORMS = ["https://cognito-idp.", "https://issuer-cognito-idp."] as const;

/** Both forms of a pool's issuer, the original one first. @throws ConfigurationError if it is not a pool id */
export function issuerForms(userPoolId: string): readonly [original: string, updated: string] {
  const region = regionOf(userPoolId);
  if (userPoolId.trim() === "") throw new ConfigurationError("no user pool is configured");
  if (region === undefined) throw new ConfigurationError(`\`${userPoolId}\` is not the id of a user pool`);
  const [original, updated] = ISSUER_FORMS;
  const rest = `${region}.amazonaws.com/${userPoolId}`;
  return [original + rest, updated + rest];
}

/**
 * Every `iss` that tokens of this pool may have: its forms in the configured order, then its replicas.
 * @throws ConfigurationError
 */
export function acceptedIssuers(issuer: Issuer): readonly string[] {
  return [...primaryIssuers(issuer), ...replicaIssuers(issuer)];
}

function primaryIssuers({ userPoolId, forms = ["original"] }: Issuer): readonly string[] {
  const [original, updated] = issuerForms(userPoolId);
  if (forms.length === 0 || new Set(forms).size < forms.length) {
    throw new ConfigurationError(
      `the user pool \`${userPoolId}\` has no issuer form, or a duplicate one; expected \`original\`, \`updated\` or both`,
    );
  }
  return forms.map((form) => (form === "original" ? original : updated));
}

/**
 * Every `iss` that replicas of this pool in other regions write into tokens; empty without replicas.
 * @throws ConfigurationError for what is no region, the primary one, one twice, or a pool that issues only the updated
 *   form, which is the same in all regions
 */
export function replicaIssuers(issuer: Issuer): readonly string[] {
  const { userPoolId, forms = ["original"], additionalRegions = [] } = issuer;
  const fail = (problem: string) => new ConfigurationError(`the user pool \`${userPoolId}\` ${problem}`);
  for (const [index, region] of additionalRegions.entries()) {
    if (!REGION.test(region)) throw fail(`has the additional region \`${region}\`, which is not a region`);
    if (region === regionOf(userPoolId))
      throw fail(`is in \`${region}\`; list only the regions of its replicas`);
    if (additionalRegions.indexOf(region) < index)
      throw fail(`has the additional region \`${region}\` twice`);
  }
  if (additionalRegions.length > 0 && !forms.includes("original")) {
    throw fail(
      "issues only the updated form, which is the same in all regions; remove the additional regions",
    );
  }
  const [original] = ISSUER_FORMS;
  return additionalRegions.map((region) => `${original}${region}.amazonaws.com/${userPoolId}`);
}

/** The URL of an issuer's keys. */
export function keySetUrl(iss: string): string {
  return `${iss}/.well-known/jwks.json`;
}

function checkPoolAlias(issuer: Issuer, pools: number): void {
  const { userPoolId, poolAlias } = issuer;
  refuseFormerName(issuer, "prefix", "poolAlias", `user pool \`${userPoolId}\`:`);
  if (poolAlias === undefined) {
    if (pools === 1) return;
    throw new ConfigurationError(
      `the user pool \`${userPoolId}\` has no alias; with several pools each needs one, else a group of one pool would count as the group of that name of another`,
    );
  }
  createPoolAlias(poolAlias);
}

/** Checks a pool alias. @throws ConfigurationError */
export function createPoolAlias(configured: string | undefined): string | undefined {
  if (configured === undefined || POOL_ALIAS.test(configured)) return configured;
  throw new ConfigurationError(
    `\`${configured}\` is not a pool alias; expected 1 to 32 small letters, digits and \`-\`, a letter first`,
  );
}

function clientNamesOf({ appClients, userPoolId }: Issuer): ReadonlyMap<string, string> {
  if (appClients.size === 0) {
    throw new ConfigurationError(`no app client is configured for the user pool \`${userPoolId}\``);
  }
  const names = new Map<string, string>();
  for (const [name, id] of appClients) {
    if (name === "" || id.trim() === "") throw new ConfigurationError(`app client \`${name}\` has no id`);
    const other = names.get(id);
    if (other !== undefined) {
      throw new ConfigurationError(`app clients \`${other}\` and \`${name}\` have the same id`);
    }
    names.set(id, name);
  }
  return names;
}

function refuseRepeated(values: readonly string[], message: (value: string) => string): void {
  const seen = new Set<string>();
  const repeated = values.find((value) => seen.size === seen.add(value).size);
  if (repeated !== undefined) throw new ConfigurationError(message(repeated));
}
