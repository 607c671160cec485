import { createHmac, createPublicKey } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { AuthorizerDependencies } from "../../src/authorizers/attend.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http-api-v2.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { UndecidedError } from "../../src/authorizers/undecided.ts";
import { LOCAL } from "../../src/local/identifiers.ts";
import { personaNamed } from "../../src/local/personas.ts";
import { localKeysCache } from "../../src/local/signing-keys.ts";
import {
  type Claims,
  createKeyPair,
  encodePart,
  idTokenClaims,
  type SigningKey,
  signClaims,
  signToken,
} from "../../src/local/tokens.ts";
import {
  claimsOf,
  dependencies,
  httpEvent,
  jwksBytes,
  localVerifier,
  nowSeconds,
  PERSONAS,
  POOL_KEY,
  restEvent,
  tokenOf,
} from "../support/authorization.ts";
import { policyFrom } from "../support/policy.ts";

// The attacker wants what an administrator may: `GET /orders` on the HTTP API and `GET /orders/{orderId}` on
// the REST API. Both gateways get every token; a 401 is `Unauthorized` on REST and false on HTTP.

type Answer = "allowed" | "denied" | "unauthenticated" | "error";

interface Answers {
  readonly http: Answer;
  readonly rest: Answer;
  /** The codes that were recorded, one a gateway. */
  readonly codes: readonly (string | undefined)[];
}

async function ask(authorization: string | readonly string[], changes: Partial<AuthorizerDependencies> = {}) {
  const deps = dependencies(changes);
  const values = typeof authorization === "string" ? [authorization] : authorization;
  const http = await httpAnswer(deps, values.join(","));
  const rest = await restAnswer(deps, values);
  const codes = deps.records.map((record) => {
    if (record.kind === "token-refused") return record.code;
    return record.kind === "failed" ? (record.error as { code?: string }).code : undefined;
  });
  return { http, rest, codes } satisfies Answers;
}

async function httpAnswer(deps: AuthorizerDependencies, authorization: string): Promise<Answer> {
  try {
    const answer = await createHttpAuthorizer(deps)(httpEvent({ headers: { authorization } }));
    return answer.isAuthorized ? "allowed" : "denied";
  } catch (error) {
    expect(error).toEqual(new UndecidedError());
    return "error";
  }
}

async function restAnswer(deps: AuthorizerDependencies, values: readonly string[]): Promise<Answer> {
  try {
    const answer = await createRestAuthorizer(deps)(
      restEvent({ multiValueHeaders: { Authorization: values } }),
    );
    return answer.policyDocument.Statement[0]?.Effect === "Allow" ? "allowed" : "denied";
  } catch (error) {
    if (error instanceof UndecidedError) return "error";
    expect(error).toEqual(new Error("Unauthorized"));
    return "unauthenticated";
  }
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

  test("a key that the token brings along is not looked at", async () => {
    const own = createKeyPair("own");
    const header = { kid: POOL_KEY.kid, alg: "RS256", jwk: own.publicJwk, jku: "https://evil.example/jwks" };
    expect(await ask(bearer(signToken(header, ada(), own)))).toEqual(refusedAs("token_signature_invalid"));
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

  test.each([[7], [null], [["pool-key-1"]], [{}]])("a key id that is no text is refused: %j", async (kid) => {
    const token = signToken({ kid, alg: "RS256" }, ada(), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_malformed"));
  });

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

  test("a critical header field that nobody knows is refused, though the signature is good", async () => {
    const token = signToken({ kid: POOL_KEY.kid, alg: "RS256", crit: ["exp"] }, ada(), POOL_KEY);
    expect(await ask(bearer(token))).toEqual(refusedAs("token_malformed"));
  });
});

describe("a real token of somebody else's making", () => {
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

  test("do not stand in for a claim that is missing", async () => {
    const { sub: _sub, ...claims } = ada();
    const json = `${JSON.stringify(claims).slice(0, -1)},"__proto__":{"sub":"admin"}}`;
    expect(await ask(bearer(signClaims(json, POOL_KEY)))).toEqual(refusedAs("token_claims_invalid"));
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
    const policy = policyFrom(
      `g2, GET /orders, o:list\ng2, GET /orders/{orderId}, o:list\np, user:${ada()["sub"] as string}, o:list, allow\n`,
    );
    const changes = { policy: () => policy };
    expect(await ask(bearer(tokenOf("nobody", { username: ada()["sub"] })), changes)).toEqual(DENIED);
    expect(await ask(bearer(tokenOf("ada")), changes)).toEqual(ALLOWED);
  });

  test("a user who signs in by a client with rights has none of them", async () => {
    const policy = policyFrom(
      [
        "g2, GET /orders, o:list",
        "g2, GET /orders/{orderId}, o:list",
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

  test("a million dots are refused at once", async () => {
    const start = performance.now();
    expect(await ask(bearer(".".repeat(1_000_000)))).toEqual(refusedAs("token_too_large"));
    expect(performance.now() - start).toBeLessThan(1000);
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
  ])("%s: refused", async (_what, value) => {
    expect(await ask(value)).toEqual(refusedAs("token_malformed"));
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

  const freshVerifier = () => {
    const { port } = server.address() as AddressInfo;
    const verifier = localVerifier(localKeysCache(`http://127.0.0.1:${port}/jwks.json`));
    return { verify: verifier.verify.bind(verifier) };
  };

  test("out of reach are an error, neither a 401 nor an allow, and the next call recovers", async () => {
    const deps = freshVerifier();
    state.status = 503;
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(KEYS_OUT);
    state.status = 200;
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

  test("a flood of made-up key ids cannot spoil the answer of a good token, nor flood the pool", async () => {
    const deps = freshVerifier();
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const madeUp = signToken({ kid: `made-up-${attempt}`, alg: "RS256" }, ada(), POOL_KEY);
      const { http, rest } = await ask(bearer(madeUp), deps);
      expect(["denied", "error"]).toContain(http);
      expect(["unauthenticated", "error"]).toContain(rest);
    }
    expect(await ask(bearer(tokenOf("ada")), deps)).toEqual(ALLOWED);
    expect(state.hits).toBeLessThanOrEqual(2);
  });
});
