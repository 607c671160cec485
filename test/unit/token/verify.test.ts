import { sign } from "node:crypto";
import { MAX_AUTHORIZATION_LENGTH } from "../../../src/token/bearer.ts";
import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import type { IssuerForm } from "../../../src/token/issuer.ts";
import { FIRST_PAUSE } from "../../../src/token/signing-keys-cache.ts";
import { KnownOutageError } from "../../../src/token/verification-error.ts";
import { createTokenVerifier } from "../../../src/token/verify.ts";
import { type Claims, createKeyPair, encodePart } from "../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import {
  APP_CLIENTS,
  claimsOf,
  jwksBytes,
  keysCache,
  localVerifier,
  POOL_KEY,
  tokenOf,
} from "../../support/authorization.ts";
import { thrownBy } from "../../support/thrown.ts";

describe("a verified token", () => {
  test("of a user has the sub, the groups and all claims", async () => {
    const token = await localVerifier().verify(tokenOf("pat"));

    expect(token).toMatchObject({
      kind: "user",
      sub: "11111111-1111-4111-8111-000000000006",
      groups: ["partners"],
      client: "web",
      clientId: LOCAL.appClients.web,
    });
    expect(token.claims["tenant_id"]).toBe("acme");
  });

  test("of a machine has the logical name of the client and its scopes", async () => {
    expect(await localVerifier().verify(tokenOf("reporting"))).toMatchObject({
      kind: "machine",
      sub: LOCAL.appClients.reporting,
      client: "reporting",
      scopes: ["orders-api/reports.read"],
    });
  });
});

describe("the issuer forms of a pool", () => {
  const UPDATED = LOCAL.issuer.replace("https://cognito-idp.", "https://issuer-cognito-idp.");
  const verifying = (forms: readonly IssuerForm[] | undefined) => {
    const fetched: string[] = [];
    const jwksCache = jwksCacheFrom((uri) => {
      fetched.push(uri);
      return Promise.resolve(jwksBytes([POOL_KEY]));
    });
    const verifier = createTokenVerifier({
      issuers: [{ userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS, forms }],
      jwksCache,
      now: () => Date.now() / 1000,
    });
    return { verifier, fetched };
  };

  test.each<[readonly IssuerForm[] | undefined, readonly string[]]>([
    [undefined, [LOCAL.issuer]],
    [["original"], [LOCAL.issuer]],
    [["updated"], [UPDATED]],
    [
      ["updated", "original"],
      [UPDATED, LOCAL.issuer],
    ],
  ])(
    "%j: tokens of these are good, and another form is another issuer, without a fetch",
    async (forms, good) => {
      const { verifier, fetched } = verifying(forms);
      for (const iss of [LOCAL.issuer, UPDATED]) {
        const verified = verifier.verify(tokenOf("alice", { iss }));
        if (good.includes(iss)) expect((await verified).kind).toBe("user");
        else await expect(verified).rejects.toMatchObject({ code: "token_issuer_invalid" });
      }
      expect(fetched.sort()).toEqual(good.map((iss) => `${iss}/.well-known/jwks.json`).sort());
    },
  );

  test("only the first that has keys is fetched ahead", async () => {
    const { verifier, fetched } = verifying(["updated", "original"]);
    expect(await verifier.hydrate()).toBeUndefined();
    expect(fetched).toEqual([`${UPDATED}/.well-known/jwks.json`]);
  });

  test.each([[[]], [["original", "original"] as const]])("%j is refused at the start", (forms) => {
    expect(thrownBy(() => verifying(forms))).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(/issuer form/) as string,
    });
  });
});

describe("a pool with a replica in another region", () => {
  const at = (region: string) => LOCAL.issuer.replace(/idp\.[^.]+/, `idp.${region}`);
  const keySetOf = (iss: string) => `${iss}/.well-known/jwks.json`;
  const replicated = (
    answer: (uri: string) => Promise<ArrayBuffer> = () => Promise.resolve(jwksBytes([POOL_KEY])),
  ) => {
    const fetched: string[] = [];
    const verifier = createTokenVerifier({
      issuers: [
        { userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS, additionalRegions: ["eu-central-1"] },
      ],
      jwksCache: jwksCacheFrom((uri) => {
        fetched.push(uri);
        return answer(uri);
      }),
      now: () => Date.now() / 1000,
    });
    return { verifier, fetched };
  };
  const inReplica = (changes: Claims = {}) => tokenOf("alice", { iss: at("eu-central-1"), ...changes });

  test("its tokens prove what those of the primary region prove", async () => {
    const { verifier, fetched } = replicated();
    expect(await verifier.verify(inReplica())).toEqual({
      ...(await verifier.verify(tokenOf("alice"))),
      claims: expect.anything() as object,
    });
    expect(fetched.sort()).toEqual([keySetOf(at("eu-central-1")), keySetOf(LOCAL.issuer)].sort());
  });

  test.each<[string, Claims, string]>([
    ["of a region that is not listed", { iss: at("eu-west-3") }, "token_issuer_invalid"],
    ["of another pool", { iss: `${at("eu-central-1")}x` }, "token_issuer_invalid"],
    ["that is an ID token", { token_use: "id" }, "token_use_invalid"],
    ["for another app client", { client_id: "other" }, "token_client_invalid"],
    ["that has ended", { exp: 1 }, "token_expired"],
  ])("a token %s is refused there too", async (_what, changes, code) => {
    await expect(replicated().verifier.verify(inReplica(changes))).rejects.toMatchObject({ code });
  });

  test("a token of another key is refused there too", async () => {
    const { verifier } = replicated(() => Promise.resolve(jwksBytes([createKeyPair(POOL_KEY.kid)])));
    await expect(verifier.verify(inReplica())).rejects.toMatchObject({ code: "token_signature_invalid" });
  });

  test("its keys are fetched in advance when the primary region does not answer", async () => {
    const { verifier, fetched } = replicated((uri) =>
      uri === keySetOf(LOCAL.issuer)
        ? Promise.reject(new Error("no answer"))
        : Promise.resolve(jwksBytes([POOL_KEY])),
    );
    expect(await verifier.hydrate()).toBeUndefined();
    expect(fetched).toContain(keySetOf(at("eu-central-1")));
    expect((await verifier.verify(inReplica())).kind).toBe("user");
  });
});

describe("a token that aws-jwt-verify alone would accept is refused", () => {
  // A key that is published without `alg` lets the token choose the algorithm.
  const { alg: _alg, ...jwk } = POOL_KEY.publicJwk;
  const bytes = new TextEncoder().encode(JSON.stringify({ keys: [jwk] })).buffer;
  const verifier = () => localVerifier(jwksCacheFrom(() => Promise.resolve(bytes)));
  const signed = (hash: string, header: Claims) => {
    const input = `${encodePart({ kid: POOL_KEY.kid, ...header })}.${encodePart(claimsOf("alice"))}`;
    return `${input}.${sign(hash, Buffer.from(input), POOL_KEY.privateKey).toString("base64url")}`;
  };

  test("when it is signed RS512", async () => {
    await expect(verifier().verify(signed("RSA-SHA512", { alg: "RS512" }))).rejects.toMatchObject({
      code: "token_signature_invalid",
      message: "the token is not signed with RS256",
    });
    expect((await verifier().verify(signed("RSA-SHA256", { alg: "RS256" }))).kind).toBe("user");
  });

  test("when it marks a header field critical", async () => {
    const token = signed("RSA-SHA256", { alg: "RS256", crit: ["b64"], b64: true });
    await expect(verifier().verify(token)).rejects.toMatchObject({
      code: "token_malformed",
      message: "the token marks a header field as critical",
    });
  });

  test("when it is longer than a gateway lets through", async () => {
    const token = tokenOf("alice", { padding: "x".repeat(MAX_AUTHORIZATION_LENGTH) });
    await expect(verifier().verify(token)).rejects.toMatchObject({ code: "token_too_large" });
  });

  test("when it nests thousands of lists: refused as malformed, not a crash", async () => {
    const payload = `{"x":${"[".repeat(3500)}${"]".repeat(3500)}}`;
    const token = `${encodePart({ kid: POOL_KEY.kid, alg: "RS256" })}.${encodePart(payload)}.eA`;
    await expect(verifier().verify(token)).rejects.toMatchObject({
      code: expect.stringMatching(/^token_/) as string,
    });
  });
});

describe("a verifier", () => {
  const issuer = { userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS };
  const options = { issuers: [issuer], now: () => 0 };

  test.each([
    ["without app clients", { ...issuer, appClients: new Map() }, /no app client/],
    ["with an app client without id", { ...issuer, appClients: new Map([["web", ""]]) }, /`web` has no id/],
    [
      "with two names for one app client",
      {
        ...issuer,
        appClients: new Map([
          ["a", "same"],
          ["b", "same"],
        ]),
      },
      /`a` and `b`/,
    ],
    ["without a pool", { ...issuer, userPoolId: " " }, /no user pool/],
    ["with a malformed pool id", { ...issuer, userPoolId: "pool" }, /`pool` is not the id/],
  ])("refuses to start %s", (_what, wrong, message) => {
    expect(thrownBy(() => createTokenVerifier({ ...options, issuers: [wrong] }))).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(message) as string,
    });
  });

  test("fetches its keys ahead, so that no token waits for them", async () => {
    let fetches = 0;
    const verifier = localVerifier(
      jwksCacheFrom(() => {
        fetches += 1;
        return Promise.resolve(jwksBytes([POOL_KEY]));
      }),
    );
    expect(await verifier.hydrate()).toBeUndefined();
    const before = fetches;
    await verifier.verify(tokenOf("alice"));
    expect(fetches).toBe(before);
  });

  test("reports a failure to fetch ahead without rejecting, and fetches again a second later", async () => {
    const world = { down: true, now: 0 };
    const verifier = localVerifier(
      jwksCacheFrom(
        () => (world.down ? Promise.reject(new Error("down")) : Promise.resolve(jwksBytes([POOL_KEY]))),
        () => world.now,
      ),
    );
    expect(await verifier.hydrate()).toMatchObject({ code: "keys_unavailable" });
    world.down = false;
    const told = verifier.verify(tokenOf("alice"));
    await expect(told).rejects.toBeInstanceOf(KnownOutageError);
    await expect(told).rejects.toMatchObject({ code: "keys_unavailable" });
    world.now += FIRST_PAUSE;
    expect((await verifier.verify(tokenOf("alice"))).kind).toBe("user");
  });

  test("uses the clock that it is given for the checks of its own", async () => {
    const verifier = createTokenVerifier({ ...options, jwksCache: keysCache(), now: () => 1 });
    await expect(verifier.verify(tokenOf("alice"))).rejects.toMatchObject({ code: "token_not_yet_valid" });
  });
});
