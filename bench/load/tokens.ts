import {
  createKeyPair,
  encodePart,
  type SigningKey,
  signToken,
} from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";

/** Who a token proves. */
export interface Holder {
  readonly kind: "user" | "machine";
  readonly sub: string;
  /** Logical name of the app client. */
  readonly client: "web" | "reporting";
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  readonly tenant: string | undefined;
  readonly expiresAt: number;
}

/** What a request carries as its token. */
export interface Token {
  /** Undefined: the request has none. */
  readonly text: string | undefined;
  readonly what: string;
  /** The key that a verifier must know before it can answer; undefined: it refuses without a key. */
  readonly kid: string | undefined;
  /** Whom it proves once its key is known; undefined: nobody. */
  readonly holder: Holder | undefined;
}

/** Tokens of many users, signed by each of these keys, and tokens that prove nobody. */
export interface Tokens {
  /** The good ones by the id of their key, in the order of the holders. */
  readonly good: ReadonlyMap<string, readonly Token[]>;
  /** By the id of the key that they name or claim. */
  readonly bad: ReadonlyMap<string, readonly Token[]>;
  readonly holders: readonly Holder[];
}

const GROUPS: readonly (readonly string[])[] = [
  ["customers"],
  ["support"],
  ["trainees"],
  ["finance"],
  ["admins"],
  ["partners"],
  ["customers", "suspended"],
  [],
  ["customers", "partners"],
  ["support", "finance", "trainees"],
];
const TENANTS = ["acme", "globex", "initech"];
/** Seconds: longer than any run. */
const LIFETIME = 4 * 3_600;
/** Of so many holders one is a machine, and one has a group that no row names, of its own. */
const MACHINES = 10;
const STRANGE = 7;
const BAD_HOLDERS = 10;

/** @param count of holders; each has a token of every key */
export function createTokens(count: number, keys: readonly SigningKey[], nowSeconds: number): Tokens {
  const holders = Array.from({ length: count }, (_, index) => holderAt(index, nowSeconds + LIFETIME));
  const good = new Map(
    keys.map((key) => [
      key.kid,
      holders.map((holder): Token => {
        const text = signed(claimsOf(holder, nowSeconds), key);
        return { text, what: "good", kid: key.kid, holder };
      }),
    ]),
  );
  const some = holders.slice(0, BAD_HOLDERS);
  const bad = new Map(keys.map((key) => [key.kid, badTokens(some, key, nowSeconds)]));
  return { good, bad, holders };
}

function holderAt(index: number, expiresAt: number): Holder {
  const sub = `22222222-2222-4222-8222-${String(index).padStart(12, "0")}`;
  if (index % MACHINES === MACHINES - 1) {
    const scopes = ["orders-api/reports.read", "orders-api/reports.export"].slice(0, 1 + (index % 3));
    const id = LOCAL.appClients.reporting;
    return {
      kind: "machine",
      sub: id,
      client: "reporting",
      groups: [],
      scopes,
      tenant: undefined,
      expiresAt,
    };
  }
  const named = GROUPS[index % GROUPS.length] ?? [];
  const groups = index % STRANGE === 0 ? [...named, `team-${index}`] : named;
  const tenant = index % 2 === 0 ? TENANTS[index % TENANTS.length] : undefined;
  return { kind: "user", sub, client: "web", groups, scopes: [], tenant, expiresAt };
}

/** The claims that Cognito puts in an access token, and the attribute that pre-token-generation copies. */
function claimsOf(holder: Holder, now: number): Readonly<Record<string, unknown>> {
  const { kind, sub, groups, scopes, tenant, client, expiresAt } = holder;
  const jti = `33333333-3333-4333-8333-${sub.slice(-12)}`;
  const common = { sub, token_use: "access", iss: LOCAL.issuer, version: 2, iat: now, exp: expiresAt, jti };
  const client_id = LOCAL.appClients[client];
  if (kind === "machine") return { ...common, client_id, auth_time: now, scope: scopes.join(" ") };
  return {
    ...(groups.length > 0 && { "cognito:groups": groups }),
    ...common,
    ...(tenant !== undefined && { tenant_id: tenant }),
    ...{ client_id, auth_time: now, scope: "openid profile email", username: sub },
  };
}

const signed = (claims: Readonly<Record<string, unknown>>, key: SigningKey) =>
  signToken({ kid: key.kid, alg: "RS256" }, claims, key);

/** What attackers and old clients send, of each of these holders. */
function badTokens(holders: readonly Holder[], key: SigningKey, now: number): readonly Token[] {
  const stranger = createKeyPair(key.kid);
  const otherPool = LOCAL.issuer.replace(/_.*/, "_OtherPool");
  return holders.flatMap((holder): readonly Token[] => {
    const claims = claimsOf(holder, now);
    const good = signed(claims, key);
    const at = (what: string, text: string | undefined, kid: string | undefined = undefined): Token => ({
      ...{ what, text, kid, holder: undefined },
    });
    const idToken = { ...claims, token_use: "id", aud: claims["client_id"], client_id: undefined };
    const none = `${encodePart({ kid: key.kid, alg: "none" })}.${encodePart(claims)}.eA`;
    return [
      at("expired", signed({ ...claims, iat: now - 7_200, exp: now - 3_600 }, key), key.kid),
      at("of another pool", signed({ ...claims, iss: otherPool }, key)),
      at("with the signature of a stranger", signed(claims, stranger), key.kid),
      at("with changed claims", tampered(good, claims), key.kid),
      at("an ID token", signed(idToken, key), key.kid),
      at(
        "of another app client",
        signed({ ...claims, client_id: "anotherclient0000000000001" }, key),
        key.kid,
      ),
      at("with `alg` none", none, key.kid),
      at("not a JWT", "abc.def.ghi"),
      at("none", undefined),
    ];
  });
}

function tampered(token: string, claims: Readonly<Record<string, unknown>>): string {
  const [header = "", , signature = ""] = token.split(".");
  return `${header}.${encodePart({ ...claims, "cognito:groups": ["admins", "changed"] })}.${signature}`;
}

/** A token that names a key which no pool has published, another one for each number. */
export function madeUpKey({ holders }: Tokens, number: number, now: number): Token {
  const kid = `made-up-${number}`;
  const [holder] = holders;
  const claims = holder === undefined ? {} : claimsOf(holder, now);
  const text = `${encodePart({ kid, alg: "RS256" })}.${encodePart(claims)}.${"A".repeat(342)}`;
  return { what: "of a made-up key", text, kid, holder: undefined };
}
