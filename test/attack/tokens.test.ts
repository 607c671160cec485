import { createHmac, createPublicKey } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuthorizationRecord, Gateway } from "../../src/authorizers/outcome.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import type { Audience } from "../../src/token/audience.ts";
import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { createMemoryRevocations, createRevocationCheck, revocationKey } from "../../src/token/revocation.ts";
import { FIRST_PAUSE } from "../../src/token/signing-keys-cache.ts";
import { createTokenMemo } from "../../src/token/token-memo.ts";
import { createTokenVerifier } from "../../src/token/verify.ts";
import {
  type Claims,
  createKeyPair,
  encodePart,
  jwksOf,
  type SigningKey,
  signClaims,
  signToken,
} from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { idTokenClaims } from "../../src/tools/local/personas/persona-claims.ts";
import { personaNamed } from "../../src/tools/local/personas/personas.ts";
import { localKeysCache } from "../../src/tools/local/personas/signing-keys.ts";
import {
  APP_CLIENTS,
  claimsOf,
  dependencies,
  jwksBytes,
  keysCache,
  localVerifier,
  nowSeconds,
  PERSONAS,
  POOL_KEY,
  tokenOf,
} from "../support/authorization.ts";
import type { Answer } from "../support/gateways/answer.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// The attacker wants what an administrator may: `GET /orders` on an HTTP API, `GET /orders/{orderId}` on the others,
// `$connect`, and the fields of a GraphQL API. Every gateway gets every token; a 401 is `Unauthorized` where the
// gateway can say it, and a deny elsewhere.

interface Answers {
  readonly http: Answer;
  readonly rest: Answer;
  /** The codes that were recorded, one for each of the two. */
  readonly codes: readonly (string | undefined)[];
}

/** Where a gateway answers otherwise than the rest, and must. One that is not needed fails. */
interface Exception {
  readonly gateway: Gateway;
  /** The case: what the test calls it. */
  readonly of: string;
  readonly answer: Answer;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    gateway: "appsync",
    of: "a bare token",
    answer: "allowed",
    reason: "AppSync passes on what the client sends, and its clients send the token without a scheme",
  },
];
const needed = new Set<Exception>();

/**
 * Asks all gateways, compares their answers with each other, and gives the answers of two.
 *
 * @param what the case, where {@link EXCEPTIONS} names it
 */
async function ask(
  authorization: string | readonly string[],
  changes: Partial<AuthorizerDependencies> = {},
  what?: string,
) {
  const values = typeof authorization === "string" ? [authorization] : authorization;
  const answers = [];
  // One after the other: a token that is remembered is remembered for the next.
  for (const gateway of GATEWAYS_UNDER_TEST) {
    const deps = dependencies(changes);
    const own = gateway.name === "http" ? LIST : {};
    const answer = await gateway.ask(deps, { authorization: values, ...own });
    answers.push({ gateway, answer, code: codeIn(deps.records) });
  }
  const [http, rest, ...others] = answers;
  if (http === undefined || rest === undefined) throw new Error("no gateways");
  for (const { gateway, answer, code } of others) {
    const regular = rest.answer === "unauthenticated" && !gateway.says401 ? "denied" : rest.answer;
    const exception = EXCEPTIONS.find((one) => one.of === what && one.gateway === gateway.name);
    if (exception === undefined)
      expect([gateway.name, answer, code]).toEqual([gateway.name, regular, rest.code]);
    else {
      expect([gateway.name, answer]).toEqual([gateway.name, exception.answer]);
      if (answer !== regular) needed.add(exception);
    }
  }
  return { http: http.answer, rest: rest.answer, codes: [http.code, rest.code] } satisfies Answers;
}

/** Rows that open what the gateways are asked for by one permission. */
const everyGateway = (permission: string) =>
  ["GET /orders", "GET /orders/{orderId}", "$connect", "Query.orders"].map(
    (route) => `g2, ${route}, ${permission}`,
  );

const LIST = { route: "GET /orders", path: "/orders" };

function codeIn(records: readonly AuthorizationRecord[]): string | undefined {
  const [record, second] = records;
  expect(second).toBeUndefined();
  if (record?.kind === "token-refused") return record.code;
  return record?.kind === "failed" ? (record.error as { code?: string }).code : undefined;
}

/** A token that is refused: 401 where the gateway can say it, with this code in the log. */
const refusedAs = (code: string): Answers => ({
  http: "denied",
  rest: "unauthenticated",
  codes: [code, code],
});
const ALLOWED: Answers = { http: "allowed", rest: "allowed", codes: [undefined, undefined] };
const DENIED: Answers = { http: "denied", rest: "denied", codes: [undefined, undefined] };
const KEYS_OUT: Answers = { http: "error", rest: "error", codes: ["keys_unavailable", "keys_unavailable"] };

const bearer = (token: string) => `Bearer ${token}`;
const ada = (changes: Claims = {}) => claimsOf("ada", changes);
const asAda = (changes: Claims) => bearer(tokenOf("ada", changes));

test("an administrator's own token is allowed: what follows is refused for its own reason", async () => {
  expect(await ask(bearer(tokenOf("ada")))).toEqual(ALLOWED);
});

describe("a forged signature", () => {
  const unsigned = (header: Claims) => `${encodePart(header)}.${encodePart(ada())}`;
  const pem = createPublicKey(POOL_KEY.privateKey).export({ type: "spki", format: "pem" });
  const jwk = JSON.stringify(POOL_KEY.publicJwk);

  test("alg none without a signature is refused", async () => {
    expect(await ask(bearer(`${unsigned({ kid: POOL_KEY.kid, alg: "none" })}.`))).toEqual(
      refusedAs("token_malformed"),
    );
  });

  test.each(["none", "None", "NONE", "nOnE", ""])("alg `%s` with any signature is refused", async (alg) => {
    const token = `${unsigned({ kid: POOL_KEY.kid, alg })}.${encodePart("x")}`;
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  test("no alg at all is refused", async () => {
    const token = signToken({ kid: POOL_KEY.kid }, ada(), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  test.each([
    ["the PEM text", pem],
    ["the PEM text without its last line break", String(pem).trim()],
    ["the JWK text", jwk],
    ["the modulus", POOL_KEY.publicJwk.n],
    ["nothing", ""],
  ])("HS256 with the public key as secret is refused: %s", async (_what, secret) => {
    const input = unsigned({ kid: POOL_KEY.kid, alg: "HS256" });
    const token = `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  test.each(["RS384", "RS512", "PS256", "ES256", "EdDSA"])(
    "a header that claims %s over an RS256 signature is refused",
    async (alg) => {
      const token = signToken({ kid: POOL_KEY.kid, alg }, ada(), POOL_KEY);
      expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
    },
  );

  test("another pool's key under the same key id is refused", async () => {
    const otherPool = createKeyPair(POOL_KEY.kid);
    expect(await ask(bearer(signClaims(ada(), otherPool)))).toEqual(refusedAs("token_signature_invalid"));
  });

  // RFC 8725 section 3.10: what a token says of its key is not followed.
  const own = createKeyPair("own");
  test.each<[string, Claims]>([
    ["itself", { jwk: own.publicJwk }],
    ["at an address", { jku: "https://evil.example/jwks" }],
    ["as a certificate", { x5c: [encodePart("certificate")], x5t: "x" }],
    ["as the address of a certificate", { x5u: "https://evil.example/cert.pem" }],
  ])("a key that the token brings along %s is not looked at", async (_how, header) => {
    const token = signToken({ kid: POOL_KEY.kid, alg: "RS256", ...header }, ada(), own);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  // A key id is compared with those of the pool, and neither opened nor asked for.
  test.each([
    "../../../../../../dev/null",
    "/proc/self/environ",
    "file:///dev/null",
    "https://evil.example/jwks.json",
    "' OR '1'='1' --",
    "pool-key-1' UNION SELECT 'x",
    "pool-key-1\u0000",
    " pool-key-1",
    "POOL-KEY-1",
    "__proto__",
    "constructor",
    "0",
    "",
  ])("the key id `%s` is not a key: refused", async (kid) => {
    const token = signToken({ kid, alg: "RS256" }, ada(), own);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  test("a token inside a token is refused: the outer payload is not a set of claims", async () => {
    const inner = tokenOf("ada");
    const nested = signToken({ kid: POOL_KEY.kid, alg: "RS256", cty: "JWT" }, inner, POOL_KEY);
    expect(await ask(bearer(nested))).toEqual(refusedAs("token_malformed"));
    const quoted = signToken(
      { kid: POOL_KEY.kid, alg: "RS256", cty: "JWT" },
      JSON.stringify(inner),
      POOL_KEY,
    );
    expect(await ask(bearer(quoted))).toEqual(refusedAs("token_malformed"));
  });

  test("an encrypted token, of five parts, is refused", async () => {
    expect(await ask(bearer(`${tokenOf("ada")}.x.y`))).toEqual(refusedAs("token_malformed"));
  });

  test("an unknown key id is refused", async () => {
    const token = signToken({ kid: "unknown", alg: "RS256" }, ada(), POOL_KEY);
    const { rest, codes } = await ask(bearer(token));
    expect([rest, codes[1]]).toEqual(["unauthenticated", "token_signature_invalid"]);
  });

  test("a missing key id is refused", async () => {
    const token = signToken({ alg: "RS256" }, ada(), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_signature_invalid"));
  });

  test.each([[7], [null], [["pool-key-1"]], [{}]])(
    "a key id that is not a string is refused: %j",
    async (kid) => {
      const token = signToken({ kid, alg: "RS256" }, ada(), POOL_KEY);
      expect(await ask(bearer(token))).toEqual(refusedAs("token_malformed"));
    },
  );

  test("a payload exchanged after signing is refused", async () => {
    const [header, , signature] = tokenOf("nobody").split(".");
    expect(await ask(bearer(`${header}.${encodePart(ada())}.${signature}`))).toEqual(
      refusedAs("token_signature_invalid"),
    );
  });

  test("a signature with one bit changed is refused", async () => {
    const [header, payload, signature] = tokenOf("ada").split(".");
    const bytes = Buffer.from(signature ?? "", "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(await ask(bearer(`${header}.${payload}.${bytes.toString("base64url")}`))).toEqual(
      refusedAs("token_signature_invalid"),
    );
  });

  test("an unknown critical header field is refused, though the signature is good", async () => {
    const token = signToken({ kid: POOL_KEY.kid, alg: "RS256", crit: ["exp"] }, ada(), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_malformed"));
  });
});

describe("a well-signed token that was issued elsewhere", () => {
  test.each([
    ["another pool", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_OtherPool"],
    ["another region", LOCAL.issuer.replaceAll("us-east-1", "eu-west-1")],
    ["the pool with a trailing slash", `${LOCAL.issuer}/`],
    ["the pool over http", LOCAL.issuer.replace("https", "http")],
    ["a longer host", LOCAL.issuer.replace(".com/", ".com.evil.example/")],
    ["nobody", undefined],
  ])("issued by %s is refused", async (_who, iss) => {
    expect(await ask(asAda({ iss }))).toEqual(refusedAs("token_issuer_invalid"));
  });

  test("of another app client of the same pool is refused", async () => {
    expect(await ask(asAda({ client_id: "anotherclientofthepool0001" }))).toEqual(
      refusedAs("token_client_invalid"),
    );
  });

  test("of an app client by its logical name instead of its id is refused", async () => {
    expect(await ask(asAda({ client_id: "web" }))).toEqual(refusedAs("token_client_invalid"));
  });

  describe("for another API is refused at an API that has a name:", () => {
    const OWN_NAME = "https://orders.example.com/";
    const atOrders = (requiredOf: Audience["requiredOf"], aud?: unknown) => {
      const verifier = localVerifier(keysCache(), { names: ["orders", OWN_NAME], requiredOf });
      const claims = aud === undefined ? {} : { aud };
      return ask(asAda(claims), { verify: (token) => verifier.verify(token) });
    };

    test.each([
      ["https://other.example.com/"],
      ["https://orders.example.com"],
      ["https://ORDERS.example.com/"],
      [`${OWN_NAME}../other`],
      ["https://orders.example.com/,orders"],
      [["https://other.example.com/", LOCAL.appClients.web]],
    ])("`%s`", async (aud) => {
      expect(await atOrders("nobody", aud)).toEqual(refusedAs("token_audience_invalid"));
      expect(await ask(asAda({ aud }))).toEqual(ALLOWED);
    });

    test.each<[unknown, string]>([
      [7, "token_malformed"],
      [{}, "token_malformed"],
      [null, "token_malformed"],
      [[[OWN_NAME]], "token_malformed"],
      [[OWN_NAME, 7], "token_malformed"],
      ["", "token_claims_invalid"],
      [[OWN_NAME, ""], "token_claims_invalid"],
    ])("%j is not an audience, not even where the API has no name", async (aud, code) => {
      expect(await atOrders("nobody", aud)).toEqual(refusedAs(code));
      expect(await ask(asAda({ aud }))).toEqual(refusedAs(code));
    });

    test.each([[OWN_NAME], ["orders"], [[OWN_NAME]], [["https://other.example.com/", OWN_NAME]]])(
      "but `%s` is its own",
      async (aud) => {
        expect(await atOrders("all", aud)).toEqual(ALLOWED);
      },
    );

    test.each([[undefined], [[]], [LOCAL.appClients.web], [[LOCAL.appClients.web]]])(
      "and `%s` names none, which only an API that demands a name refuses",
      async (aud) => {
        expect(await atOrders("nobody", aud)).toEqual(ALLOWED);
        expect(await atOrders("users", aud)).toEqual(refusedAs("token_audience_invalid"));
        expect(await atOrders("all", aud)).toEqual(refusedAs("token_audience_invalid"));
      },
    );
  });

  test("that is an identity token is refused by name", async () => {
    const token = signClaims(idTokenClaims(personaNamed(PERSONAS, "ada"), nowSeconds()), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_use_invalid"));
  });

  test.each(["refresh", "", undefined, ["access"]])("whose use is %j is refused", async (use) => {
    expect(await ask(asAda({ token_use: use }))).toEqual(refusedAs("token_use_invalid"));
  });
});

describe("signed claims of the wrong shape", () => {
  test.each<[string, Claims, string]>([
    ["no exp", { exp: undefined }, "token_claims_invalid"],
    ["exp 1e308", { exp: 1e308 }, "token_claims_invalid"],
    ["an exp in a year", { exp: nowSeconds() + 31_536_000 }, "token_claims_invalid"],
    ["exp as a text", { exp: String(nowSeconds() + 3600) }, "token_malformed"],
    ["exp null", { exp: null }, "token_malformed"],
    ["no iat", { iat: undefined }, "token_claims_invalid"],
    ["an iat in the far future", { iat: 9_999_999_990, exp: 9_999_999_999 }, "token_not_yet_valid"],
    ["an iat as a text", { iat: String(nowSeconds()) }, "token_malformed"],
    ["an exp in the past", { iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 }, "token_expired"],
    ["an exp a second ago", { iat: nowSeconds() - 60, exp: nowSeconds() - 1 }, "token_expired"],
    ["an nbf in the future", { nbf: nowSeconds() + 3600 }, "token_not_yet_valid"],
    ["an nbf as a text", { nbf: "0" }, "token_malformed"],
    ["no sub", { sub: undefined }, "token_claims_invalid"],
    ["an empty sub", { sub: "" }, "token_claims_invalid"],
    ["a sub that is no text", { sub: 7 }, "token_malformed"],
    ["neither a username nor a client as sub", { username: undefined }, "token_claims_invalid"],
    ["cognito:groups as a text", { "cognito:groups": "admins" }, "token_claims_invalid"],
    ["cognito:groups as an object", { "cognito:groups": { 0: "admins", length: 1 } }, "token_claims_invalid"],
    ["cognito:groups with a list inside", { "cognito:groups": [["admins"]] }, "token_claims_invalid"],
    ["cognito:groups null", { "cognito:groups": null }, "token_claims_invalid"],
    ["cognito:groups with a line break", { "cognito:groups": ["admins\n"] }, "token_claims_invalid"],
    ["scope as a list", { scope: ["openid"] }, "token_malformed"],
  ])("%s: refused", async (_what, changes, code) => {
    expect(await ask(asAda(changes))).toEqual(refusedAs(code));
  });

  test.each([
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"admin"'],
    ["no JSON", "{"],
    ["nothing but a byte that is no UTF-8", "\uFFFD"],
  ])("a payload that is %s: refused", async (_what, payload) => {
    expect(await ask(bearer(signClaims(payload, POOL_KEY)))).toEqual(refusedAs("token_malformed"));
  });
});

describe("prototype keys in the payload", () => {
  const withJson = (json: string, name = "nobody") => {
    const text = JSON.stringify(claimsOf(name));
    return bearer(signClaims(`${text.slice(0, -1)},${json}}`, POOL_KEY));
  };

  test.each([
    ["groups by __proto__", '"__proto__":{"cognito:groups":["admins"]}'],
    ["groups by constructor", '"constructor":{"prototype":{"cognito:groups":["admins"]}}'],
    ["groups by a nested __proto__", '"x":{"__proto__":{"cognito:groups":["admins"]}}'],
  ])("give nobody %s", async (_what, json) => {
    expect(await ask(withJson(json))).toEqual(DENIED);
    expect(Object.hasOwn(Object.prototype, "cognito:groups")).toBe(false);
    expect(Reflect.get({}, "cognito:groups")).toBeUndefined();
  });

  test("do not replace a missing claim", async () => {
    const { sub: _sub, ...claims } = ada();
    const json = `${JSON.stringify(claims).slice(0, -1)},"__proto__":{"sub":"admin"}}`;
    expect(await ask(bearer(signClaims(json, POOL_KEY)))).toEqual(refusedAs("token_claims_invalid"));
  });
});

describe("a duplicate name in the JSON", () => {
  // Every check and every right reads the one object that one parser made: the last one counts, for all of them.
  const withJson = (json: string, name: string) =>
    bearer(signClaims(`${JSON.stringify(claimsOf(name)).slice(0, -1)},${json}}`, POOL_KEY));

  test("cannot be an access token for one check and an ID token for another", async () => {
    expect(await ask(withJson('"token_use":"id"', "ada"))).toEqual(refusedAs("token_use_invalid"));
  });

  test("cannot have expired for one check only", async () => {
    expect(await ask(withJson(`"exp":${nowSeconds() - 5},"iat":${nowSeconds() - 60}`, "ada"))).toEqual(
      refusedAs("token_expired"),
    );
  });

  test("gives no group that the last one does not have", async () => {
    expect(await ask(withJson('"cognito:groups":[]', "ada"))).toEqual(DENIED);
  });

  test("cannot turn the algorithm `none` into RS256 without a signature", async () => {
    const header = Buffer.from(`{"kid":"${POOL_KEY.kid}","alg":"none","alg":"RS256"}`).toString("base64url");
    expect(await ask(bearer(`${header}.${encodePart(ada())}.AA`))).toEqual(
      refusedAs("token_signature_invalid"),
    );
  });
});

describe("two pools", () => {
  // The other pool's administrators are whoever made it: its keys, groups and scopes count for itself alone.
  const OTHER_POOL = "eu-west-1_OtherPool";
  const OTHER_CLIENT = "2other2client2of2other2pool";
  const otherIssuer = `https://cognito-idp.eu-west-1.amazonaws.com/${OTHER_POOL}`;
  const otherKey = createKeyPair(POOL_KEY.kid);
  const verifier = createTokenVerifier({
    issuers: [
      { userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS, poolAlias: "main" },
      { userPoolId: OTHER_POOL, appClients: new Map([["old", OTHER_CLIENT]]), poolAlias: "other" },
    ],
    jwksCache: jwksCacheFrom((uri) =>
      Promise.resolve(jwksBytes([uri.startsWith(otherIssuer) ? otherKey : POOL_KEY])),
    ),
    now: () => Date.now() / 1000,
  });
  const policy = policyFrom(
    [
      ...everyGateway("o:list"),
      "p, group:main/admins, o:list, allow",
      "p, scope:main/orders-api/reports.read, o:list, allow",
      "p, client:reporting, o:list, allow",
      "p, group:other/owners, o:list, allow",
      "p, group:admins, o:list, allow",
    ].join("\n"),
  );
  const deps = { verify: (token: string) => verifier.verify(token), policy: () => policy };
  const otherClaims = (changes: Claims = {}) =>
    claimsOf("ada", { iss: otherIssuer, client_id: OTHER_CLIENT, ...changes });
  const ofOther = (changes: Claims = {}) => bearer(signClaims(otherClaims(changes), otherKey));

  test("each verify their own tokens", async () => {
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
    expect(await ask(ofOther({ "cognito:groups": ["owners"] }), deps)).toEqual(ALLOWED);
  });

  test("do not share the key that they publish under the same key id", async () => {
    expect(await ask(bearer(signClaims(ada(), otherKey)), deps)).toEqual(
      refusedAs("token_signature_invalid"),
    );
    expect(await ask(bearer(signClaims(otherClaims(), POOL_KEY)), deps)).toEqual(
      refusedAs("token_signature_invalid"),
    );
  });

  test("do not share app clients", async () => {
    expect(await ask(ofOther({ client_id: LOCAL.appClients.web }), deps)).toEqual(
      refusedAs("token_client_invalid"),
    );
    expect(await ask(asAda({ client_id: OTHER_CLIENT }), deps)).toEqual(refusedAs("token_client_invalid"));
  });

  test.each([["admins"], ["main/admins"], ["/admins"], ["../main/admins"], ["other/owners"], ["main"]])(
    "do not share groups: `%s` of the other pool is a group of that pool",
    async (group) => {
      expect(await ask(ofOther({ "cognito:groups": [group] }), deps)).toEqual(DENIED);
    },
  );

  test("do not share scopes, or the app client that a machine is", async () => {
    const machine = { sub: OTHER_CLIENT, username: undefined, "cognito:groups": undefined };
    for (const scope of ["orders-api/reports.read", "main/orders-api/reports.read"]) {
      const token = signClaims(
        Object.fromEntries(
          Object.entries(otherClaims({ ...machine, scope })).filter(([, value]) => value !== undefined),
        ),
        otherKey,
      );
      expect(await ask(bearer(token), deps)).toEqual(DENIED);
    }
  });

  test("do not start with an empty list of app clients in one of them", () => {
    expect(() =>
      createTokenVerifier({
        issuers: [
          { userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS, poolAlias: "main" },
          { userPoolId: OTHER_POOL, appClients: new Map(), poolAlias: "other" },
        ],
        now: () => 0,
      }),
    ).toThrow(/no app client/);
  });
});

describe("a token that is remembered", () => {
  const remembering = (changes: Partial<AuthorizerDependencies> = {}) => {
    const state = { keys: [POOL_KEY], verified: 0, now: nowSeconds() };
    const keys = jwksCacheFrom(() => Promise.resolve(jwksBytes(state.keys)));
    const verifier = localVerifier(keys);
    const verify = createTokenMemo({
      verify: (token) => {
        state.verified += 1;
        return verifier.verify(token);
      },
      keys,
      entries: 10,
      now: () => state.now,
    });
    return { state, deps: { verify, ...changes } };
  };

  test("is verified once for both gateways, and decided each time", async () => {
    const { state, deps } = remembering();
    const token = bearer(tokenOf("ada"));
    expect(await ask(token, deps)).toEqual(ALLOWED);
    expect(state.verified).toBe(1);
    const nothing = policyFrom([...everyGateway("o:list"), "p, role:none, o:list, allow"].join("\n"));
    expect(await ask(token, { ...deps, policy: () => nothing })).toEqual(DENIED);
    expect(state.verified).toBe(1);
  });

  test("lends nothing to a token with another payload or signature", async () => {
    const { deps } = remembering();
    const [header, payload, signature] = tokenOf("ada").split(".");
    await ask(bearer(`${header}.${payload}.${signature}`), deps);
    const nobody = tokenOf("nobody").split(".")[1];
    for (const forged of [
      `${header}.${nobody}.${signature}`,
      `${header}.${payload}.${encodePart("x")}`,
      `${header}.${payload}.${signature?.slice(0, -4)}AAAA`,
    ]) {
      expect(await ask(bearer(forged), deps)).toEqual(refusedAs("token_signature_invalid"));
    }
    expect(await ask(bearer(`${header}.${payload}.`), deps)).toEqual(refusedAs("token_malformed"));
  });

  test("is refused from the moment it is revoked", async () => {
    const revocations = createMemoryRevocations();
    const { state, deps } = remembering();
    const verify = createRevocationCheck({
      verify: deps.verify,
      revocations,
      onFailure: "closed",
      unchecked: () => undefined,
    });
    const token = bearer(tokenOf("ada"));
    expect(await ask(token, { verify })).toEqual(ALLOWED);
    const sub = String(ada()["sub"]);
    revocations.add({
      key: revocationKey({ by: "sub", userPoolId: LOCAL.userPoolId, sub }),
      before: nowSeconds(),
    });
    expect(await ask(token, { verify })).toEqual(refusedAs("token_revoked"));
    expect(state.verified).toBe(1);
  });

  test("is refused when it has expired since", async () => {
    const { state, deps } = remembering();
    const token = bearer(tokenOf("ada", { iat: nowSeconds() - 100, exp: nowSeconds() + 2 }));
    expect(await ask(token, deps)).toEqual(ALLOWED);
    state.now += 2;
    // Verified again: what the memo says is not what counts.
    await ask(token, deps);
    expect(state.verified).toBeGreaterThan(1);
  });

  test("is refused when its key was withdrawn and that was noticed", async () => {
    const { state, deps } = remembering();
    const token = bearer(tokenOf("ada"));
    const rotated = createKeyPair("pool-key-2");
    expect(await ask(token, deps)).toEqual(ALLOWED);
    state.keys = [rotated];
    expect(await ask(bearer(signClaims(ada(), rotated)), deps)).toEqual(ALLOWED);
    const { http, rest } = await ask(token, deps);
    expect([http, rest]).not.toContain("allowed");
  });

  test("cannot be driven out by tokens that are not good", async () => {
    const { state, deps } = remembering();
    const token = bearer(tokenOf("ada"));
    await ask(token, deps);
    for (let attempt = 0; attempt < 20; attempt += 1) await ask(bearer(`x.y.${attempt}`), deps);
    const before = state.verified;
    expect(await ask(token, deps)).toEqual(ALLOWED);
    expect(state.verified).toBe(before);
  });
});

describe("a revocation list", () => {
  test("that cannot be read is an error, neither a 401 nor an allow", async () => {
    const verify = createRevocationCheck({
      verify: (token) => localVerifier().verify(token),
      revocations: { find: () => Promise.reject(new Error("throttled")) },
      onFailure: "closed",
      unchecked: () => undefined,
    });
    expect(await ask(bearer(tokenOf("ada")), { verify })).toEqual({
      http: "error",
      rest: "error",
      codes: ["revocation_unavailable", "revocation_unavailable"],
    });
    expect(await ask(bearer("x.y.z"), { verify })).toEqual(refusedAs("token_malformed"));
  });
});

describe("an authorizer that only reports", () => {
  const deps = { reportOnly: true };

  test("lets a good token through that would be denied, and no bad one", async () => {
    expect(await ask(bearer(tokenOf("nobody")), deps)).toEqual(ALLOWED);
    expect(await ask(bearer("x.y.z"), deps)).toEqual(refusedAs("token_malformed"));
    expect(await ask(asAda({ exp: nowSeconds() - 1, iat: nowSeconds() - 9 }), deps)).toEqual(
      refusedAs("token_expired"),
    );
    expect(await ask("", deps)).toEqual(refusedAs("token_missing"));
  });

  test("lets nothing through that could not be decided", async () => {
    const policy = () => {
      throw new Error("no policy");
    };
    const { http, rest } = await ask(bearer(tokenOf("ada")), { ...deps, policy });
    expect([http, rest]).toEqual(["error", "error"]);
  });
});

describe("rights that a token claims for itself", () => {
  test("a `roles` claim is not read", async () => {
    const changes = { roles: ["admin", "role:admin"], "cognito:roles": ["admin"], permissions: ["*"] };
    expect(await ask(bearer(tokenOf("nobody", changes)))).toEqual(DENIED);
  });

  test.each(["role:admin", "group:admins", "admin", "user:admin", "client:reporting", "*"])(
    "a group that calls itself `%s` is only a group",
    async (group) => {
      expect(await ask(bearer(tokenOf("nobody", { "cognito:groups": [group] })))).toEqual(DENIED);
    },
  );

  test("a username that is an administrator's sub is not the sub", async () => {
    const owner = `p, user:${ada()["sub"] as string}, o:list, allow`;
    const policy = policyFrom([...everyGateway("o:list"), owner].join("\n"));
    const changes = { policy: () => policy };
    expect(await ask(bearer(tokenOf("nobody", { username: ada()["sub"] })), changes)).toEqual(DENIED);
    expect(await ask(bearer(tokenOf("ada")), changes)).toEqual(ALLOWED);
  });

  test("a user who signs in by a client with rights has none of them", async () => {
    const policy = policyFrom(
      [
        ...everyGateway("o:list"),
        "p, client:reporting, o:list, allow",
        "p, scope:orders-api/reports.read, o:list, allow",
        "p, role:machine, o:list, allow",
      ].join("\n"),
    );
    const changes = { policy: () => policy };
    const user = { client_id: LOCAL.appClients.reporting, scope: "orders-api/reports.read" };
    expect(await ask(bearer(tokenOf("nobody", user)), changes)).toEqual(DENIED);
    expect(
      await ask(bearer(tokenOf("nobody", { ...user, sub: LOCAL.appClients.reporting })), changes),
    ).toEqual(DENIED);
    expect(await ask(bearer(tokenOf("reporting")), changes)).toEqual(ALLOWED);
  });
});

describe("the Authorization header", () => {
  test("a token of 100 KB is refused before it is parsed", async () => {
    const token = tokenOf("ada", { padding: "x".repeat(100_000) });
    expect(await ask(bearer(token))).toEqual(refusedAs("token_too_large"));
  });

  test("a million dots are refused for their length, before they are split", async () => {
    expect(await ask(bearer(".".repeat(1_000_000)))).toEqual(refusedAs("token_too_large"));
  });

  test("two of them are refused, whichever is good", async () => {
    const [good, bad] = [bearer(tokenOf("ada")), bearer("x.y.z")];
    expect(await ask([good, bad])).toEqual(refusedAs("token_malformed"));
    expect(await ask([bad, good])).toEqual(refusedAs("token_malformed"));
    expect(await ask([good, good])).toEqual(refusedAs("token_malformed"));
  });

  test("two joined by a comma are refused", async () => {
    const good = bearer(tokenOf("ada"));
    expect(await ask(`${good}, ${good}`)).toEqual(refusedAs("token_malformed"));
  });

  test.each([
    ["Basic credentials", "Basic YWRhOnNlY3JldA=="],
    ["a bare token", tokenOf("ada")],
    ["an empty Bearer", "Bearer"],
    ["a Bearer of spaces", "Bearer    "],
    ["a token with something after it", `${bearer(tokenOf("ada"))} x`],
  ])("%s: refused", async (what, value) => {
    expect(await ask(value, {}, what)).toEqual(refusedAs("token_malformed"));
  });

  test("an empty one is a missing token", async () => {
    expect(await ask("")).toEqual(refusedAs("token_missing"));
  });
});

describe("the keys of the pool, over HTTP", () => {
  const state = {
    status: 200,
    keys: [POOL_KEY] as SigningKey[],
    body: undefined as string | undefined,
    hits: 0,
  };
  let server: Server;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      state.hits += 1;
      response.statusCode = state.status;
      response.end(state.body ?? Buffer.from(jwksBytes(state.keys)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    Object.assign(state, { status: 200, keys: [POOL_KEY], body: undefined, hits: 0 });
  });

  const freshVerifier = (now?: () => number) => {
    const { port } = server.address() as AddressInfo;
    const verifier = localVerifier(localKeysCache(`http://127.0.0.1:${port}/jwks.json`, now));
    return { verify: verifier.verify.bind(verifier) };
  };

  test("out of reach are an error, neither a 401 nor an allow, and a second later they are fetched again", async () => {
    let now = 0;
    const deps = freshVerifier(() => now);
    state.status = 503;
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(KEYS_OUT);
    expect(state.hits).toBe(1);
    state.status = 200;
    now += FIRST_PAUSE;
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
  });

  test.each(["", "<html>", "{}", '{"keys":{}}', '{"keys":[{"kid":"pool-key-1"}]}', "null"])(
    "replaced by nonsense are an error, neither a 401 nor an allow: `%s`",
    async (body) => {
      state.body = body;
      expect(await ask(bearer(tokenOf("ada")), freshVerifier())).toEqual(KEYS_OUT);
    },
  );

  test("an outage after they were fetched disturbs nobody", async () => {
    const deps = freshVerifier();
    await ask(bearer(tokenOf("ada")), deps);
    state.status = 503;
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
  });

  test("rotated are found, and a token of the old key stays good while it is published", async () => {
    const deps = freshVerifier();
    const rotated = createKeyPair("pool-key-2");
    await ask(bearer(tokenOf("ada")), deps);
    state.keys = [POOL_KEY, rotated];
    expect(await ask(bearer(signClaims(ada(), rotated)), deps)).toEqual(ALLOWED);
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
  });

  test("of ten megabytes are an error, and those that were known stay in force", async () => {
    const many = JSON.stringify({ ...jwksOf([POOL_KEY]), padding: "x".repeat(10_000_000) });
    state.body = many;
    expect(await ask(bearer(tokenOf("ada")), freshVerifier())).toEqual(KEYS_OUT);
    state.body = undefined;
    const deps = freshVerifier();
    await ask(bearer(tokenOf("ada")), deps);
    state.body = many;
    const unknown = signToken({ kid: "unknown", alg: "RS256" }, ada(), POOL_KEY);
    expect(await ask(bearer(unknown), deps)).toEqual(KEYS_OUT);
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
  });

  test("withdrawn are refused as soon as the new set was read", async () => {
    const deps = freshVerifier();
    const rotated = createKeyPair("pool-key-2");
    await ask(bearer(tokenOf("ada")), deps);
    state.keys = [rotated];
    expect(await ask(bearer(signClaims(ada(), rotated)), deps)).toEqual(ALLOWED);
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(refusedAs("token_signature_invalid"));
  });

  test("a flood of made-up key ids cannot spoil the answer of a good token, nor flood the pool", async () => {
    const deps = freshVerifier();
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const madeUp = signToken({ kid: `made-up-${attempt}`, alg: "RS256" }, ada(), POOL_KEY);
      const { http, rest } = await ask(bearer(madeUp), deps);
      expect({ http, rest }).toEqual({ http: "denied", rest: "unauthenticated" });
    }
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
    expect(state.hits).toBeLessThanOrEqual(2);
  });
});

// The last test of the file: the others have asked by now.
test("every exception of a gateway is needed", () => {
  expect(EXCEPTIONS.filter((exception) => !needed.has(exception))).toEqual([]);
});
