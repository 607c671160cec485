import { randomUUID } from "node:crypto";
import { type JsonObject, objectOf, textMapOf, textOf } from "../../../json.ts";
import { CognitoError, notAuthorized, notSimulated } from "../../cognito/cognito-error.ts";
import type { IdentityPoolConfig } from "../../cognito/config/identity-pool/identity-pool-config.ts";
import { type Operations, requiredText } from "../../cognito/operations/operation.ts";
import type { Pool } from "../../cognito/pool.ts";
import { json, type WebRoutes } from "../../managed-login/route.ts";
import { chosenRole, type RoleChoice } from "./chosen-role.ts";
import { type Login, loginIn } from "./login.ts";

const COLLECTION = "identities";

/** Credentials of the enhanced flow last an hour. */
const LIFETIME_SECONDS = 3600;

/** Which role a caller got, and why. */
interface RoleDecision extends RoleChoice {
  readonly identityId: string;
  /** undefined for a guest. */
  readonly username: string | undefined;
  /** The session tags of the credentials, as `${aws:PrincipalTag/KEY}` has them; none for a guest. */
  readonly principalTags: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const KEPT = 100;

/** The API of the identity pool, and what it decided, newest first: `GET /_identity-roles`. AWS does not say. */
export function identityApi(): { readonly operations: Operations; readonly routes: WebRoutes } {
  const decisions: RoleDecision[] = [];
  const decided = (decision: RoleDecision) => {
    decisions.unshift(decision);
    decisions.length = Math.min(decisions.length, KEPT);
  };
  return {
    operations: {
      ...REFUSED,
      GetId: (pool, request) => Promise.resolve(getId(pool, request)),
      GetCredentialsForIdentity: (pool, request) => Promise.resolve(getCredentials(pool, request, decided)),
    },
    routes: { "GET /_identity-roles": () => Promise.resolve(json(200, { decisions })) },
  };
}

/** `GetId`: a user gets the same identity each time, a guest a new one. */
function getId(pool: Pool, request: JsonObject): JsonObject {
  const config = identityPool(pool);
  const id = requiredText(request, "IdentityPoolId");
  if (id !== config.id)
    throw new CognitoError("ResourceNotFoundException", `IdentityPool '${id}' not found.`);
  const login = loginIn(pool, config, objectOf(request["Logins"]));
  assertGuest(config, login);
  const known = login === undefined ? undefined : identityOf(pool, login.sub);
  return { IdentityId: known ?? newIdentity(pool, login) };
}

/** `GetCredentialsForIdentity`: placeholders for the role that the mapping gives. */
function getCredentials(
  pool: Pool,
  request: JsonObject,
  decided: (decision: RoleDecision) => void,
): JsonObject {
  const config = identityPool(pool);
  const asked = requiredText(request, "IdentityId");
  const login = loginIn(pool, config, objectOf(request["Logins"]));
  const identityId = ownIdentity(pool, asked, login);
  assertGuest(config, login);
  const choice: RoleChoice =
    login === undefined
      ? { role: config.guestRole, denied: false, why: "a guest" }
      : chosenRole(config, login.clientId, login.claims, textOf(request["CustomRoleArn"]));
  const principalTags = login === undefined ? {} : tagsOf(config, login.claims);
  decided({ ...choice, identityId, username: login?.username, principalTags, at: pool.now() });
  if (choice.role === undefined) throw noRole(choice);
  return { IdentityId: identityId, Credentials: placeholders(choice.role, pool.now()) };
}

/** A claim that is missing, or is a list or an object, makes no tag. */
function tagsOf({ principalTags }: IdentityPoolConfig, claims: JsonObject): RoleDecision["principalTags"] {
  return Object.fromEntries(
    Object.entries(principalTags).flatMap(([tag, claim]) => {
      const value = claims[claim];
      const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
      return isPlain ? [[tag, String(value)]] : [];
    }),
  );
}

function noRole({ denied, why }: RoleChoice): CognitoError {
  if (denied) return notAuthorized(`Access denied: ${why}`);
  return new CognitoError(
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
  );
}

/** Nothing on AWS takes them, and they say so to whom looks. */
function placeholders(role: string, now: number): JsonObject {
  return {
    AccessKeyId: "ASIALOCALPLACEHOLDER",
    SecretKey: "placeholder-that-no-aws-service-takes",
    SessionToken: `placeholder for ${role}`,
    Expiration: Math.floor(now / 1000) + LIFETIME_SECONDS,
  };
}

function identityPool({ config }: Pool): IdentityPoolConfig {
  if (config.identityPool !== undefined) return config.identityPool;
  throw new CognitoError(
    "ResourceNotFoundException",
    "there is no identity pool here: the configuration has none",
  );
}

function assertGuest({ guests }: IdentityPoolConfig, login: Login | undefined): void {
  if (login === undefined && !guests) {
    throw notAuthorized("Unauthenticated access is not supported for this identity pool.");
  }
}

/** The subjects that an identity has shown; none of a guest. */
const subjectsOf = (record: unknown) => textMapOf(record) ?? {};

function identityOf({ store }: Pool, sub: string): string | undefined {
  return [...store.entries(COLLECTION)].find(([, record]) => subjectsOf(record)["sub"] === sub)?.[0];
}

function newIdentity({ store, config }: Pool, login: Login | undefined): string {
  const id = `${config.place.region}:${randomUUID()}`;
  store.put(COLLECTION, id, login === undefined ? {} : { sub: login.sub });
  return id;
}

/** The identity that the caller may use: its own, or that of a guest who signs in now. */
function ownIdentity(pool: Pool, asked: string, login: Login | undefined): string {
  const record = pool.store.entries(COLLECTION).get(asked);
  if (record === undefined)
    throw new CognitoError("ResourceNotFoundException", `Identity '${asked}' not found.`);
  const { sub } = subjectsOf(record);
  if (login === undefined) {
    if (sub !== undefined) throw notAuthorized(`Access to Identity '${asked}' is forbidden.`);
    return asked;
  }
  if (sub === login.sub) return asked;
  if (sub !== undefined) {
    throw notAuthorized(
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  }
  const known = identityOf(pool, login.sub);
  if (known === undefined) pool.store.put(COLLECTION, asked, { sub: login.sub });
  return known ?? asked;
}

/** The rest of the API, by what it is about. */
const REFUSED: Operations = Object.fromEntries(
  [
    // The classic flow
    ..."GetOpenIdToken GetOpenIdTokenForDeveloperIdentity".split(" "),
    ..."LookupDeveloperIdentity MergeDeveloperIdentities UnlinkDeveloperIdentity".split(" "),
    // Administration
    ..."CreateIdentityPool UpdateIdentityPool DeleteIdentityPool DescribeIdentityPool".split(" "),
    ..."ListIdentityPools GetIdentityPoolRoles SetIdentityPoolRoles".split(" "),
    ..."DescribeIdentity ListIdentities DeleteIdentities UnlinkIdentity".split(" "),
    ..."GetPrincipalTagAttributeMap SetPrincipalTagAttributeMap".split(" "),
    ..."TagResource UntagResource ListTagsForResource".split(" "),
  ].map((name) => [name, () => Promise.reject(notSimulated(`${name} of an identity pool`))]),
);
