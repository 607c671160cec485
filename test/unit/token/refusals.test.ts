import { MAX_AUTHORIZATION_LENGTH, readBearerToken } from "../../../src/token/bearer.ts";
import { parseAccessTokenClaims } from "../../../src/token/claims-schema.ts";
import { jwksCacheFrom } from "../../../src/token/custom-keys.ts";
import type { Issuer } from "../../../src/token/issuer.ts";
import {
  createMemoryRevocations,
  createRevocationCheck,
  revocationKey,
  revocationKeys,
} from "../../../src/token/revocation.ts";
import { createErrorReading } from "../../../src/token/verification-error.ts";
import { createTokenVerifier } from "../../../src/token/verify.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import {
  APP_CLIENTS,
  claimsOf,
  keysCache,
  localVerifier,
  nowSeconds,
  tokenOf,
} from "../../support/authorization.ts";
import { thrownBy } from "../../support/thrown.ts";

const long = "x".repeat(MAX_AUTHORIZATION_LENGTH + 1);

test.each([
  [[], "token_missing", "the `Authorization` header is missing"],
  [["Bearer a", "Bearer b"], "token_malformed", "more than one `Authorization` header"],
  [[long], "token_too_large", "the `Authorization` header is longer than 10240 characters"],
  [["Basic a"], "token_malformed", "the `Authorization` header is not `Bearer` and one token"],
])("a header is refused with its reason: %#", (values, code, message) => {
  expect(thrownBy(() => readBearerToken(values))).toMatchObject({ code, message });
});

test.each([
  [{ sub: 7 }, "claim `sub` is not a name"],
  [{ username: 7 }, "claim `username` is not a string"],
  [{ "cognito:groups": "admins" }, "claim `cognito:groups` is not an array of group names"],
  [{ scope: "a  b" }, "claim `scope` is not a string of scopes separated by single spaces"],
  [{ scope: 7 }, "claim `scope` is not a string of scopes separated by single spaces"],
  [{ iat: 10, exp: 10 }, "claim `exp` is not within 86400 seconds after `iat`"],
])("claims %j are refused with their reason", (changes, message) => {
  const claims = claimsOf("alice", { iat: 10, exp: 20, ...changes });
  expect(thrownBy(() => parseAccessTokenClaims(claims, 5))).toMatchObject({
    code: "token_claims_invalid",
    message,
  });
});

describe("a token that is not a user's or a machine's", () => {
  test("is refused with its reason", async () => {
    await expect(localVerifier().verify(tokenOf("alice", { username: undefined }))).rejects.toMatchObject({
      code: "token_claims_invalid",
      message: expect.stringMatching(/neither a user's nor a machine's.*`username`.*`client_id`/) as string,
    });
  });
});

describe("an issuer that is not configured", () => {
  const own: Issuer = { userPoolId: LOCAL.userPoolId, appClients: APP_CLIENTS, poolAlias: "main" };
  const others = Array.from({ length: 8 }, (_, index) => ({
    userPoolId: `us-east-1_Tenant${index}`,
    appClients: new Map([[`web-${index}`, `client${index}`]]),
    poolAlias: `t${index}`,
  }));
  const verifying = (issuers: readonly Issuer[]) =>
    createTokenVerifier({ issuers, jwksCache: keysCache(), now: nowSeconds });

  test("is the cause, with one pool: the form that is not configured", async () => {
    const iss = LOCAL.issuer.replace("cognito-idp", "issuer-cognito-idp");
    await expect(verifying([own]).verify(tokenOf("alice", { iss }))).rejects.toMatchObject({
      code: "token_issuer_invalid",
      cause: { message: "the issuer is not one of the configured forms" },
    });
  });

  test("is the cause, with more pools than are prepared in advance", async () => {
    const verifier = verifying([...others, own]);
    expect((await verifier.verify(tokenOf("alice"))).poolAlias).toBe("main");
    await expect(
      verifier.verify(tokenOf("alice", { iss: LOCAL.issuer.replace("Local", "Other") })),
    ).rejects.toMatchObject({
      code: "token_issuer_invalid",
      cause: { message: "the issuer is not one of the configured pools" },
    });
  });

  test("a pool id that only looks like one is refused at the start, with the library's reason", () => {
    const error = thrownBy(() => verifying([{ ...own, userPoolId: "xx-y_Pool" }]));
    expect(error).toMatchObject({ message: "`xx-y_Pool` is not the id of a user pool" });
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test("a pool under the former name of its alias is refused: without the alias, deny rows would not match", () => {
    const { poolAlias, ...former } = own;
    expect(thrownBy(() => verifying([{ ...former, prefix: poolAlias } as Issuer]))).toMatchObject({
      code: "configuration_invalid",
      message: `user pool \`${own.userPoolId}\`: \`prefix\` was renamed to \`poolAlias\`; rename it`,
    });
  });

  test("an app client without a name is refused at the start", () => {
    const nameless = { ...own, appClients: new Map([["", "id"]]) };
    expect(thrownBy(() => verifying([nameless]))).toMatchObject({
      message: "app client `` has no id",
    });
  });
});

describe("the keys cannot be fetched", () => {
  test("the first token says so, the next ones that it is known, with the same cause", async () => {
    const down = new Error("connection refused");
    const verifier = localVerifier(jwksCacheFrom(() => Promise.reject(down)));
    const failure = () => verifier.verify(tokenOf("alice")).catch((error: unknown) => error);
    const first = (await failure()) as Error;
    expect(first).toMatchObject({
      code: "keys_unavailable",
      message: "the keys of the pool cannot be fetched",
    });
    expect(await failure()).toMatchObject({
      code: "keys_unavailable",
      message: "the keys of the pool cannot be fetched; the next fetch is not due yet",
      cause: first.cause,
    });
  });

  test("a bad token stays a bad token, however often it is read", async () => {
    const read = createErrorReading();
    const error = await localVerifier()
      .verify(`${tokenOf("alice")}A`)
      .catch((thrown: unknown) => thrown);
    expect(read(error)).toBe(error);
    expect(read(error)).toBe(error);
  });

  test("an unexpected error says only that", () => {
    expect(createErrorReading()("a string")).toMatchObject({
      code: "unexpected",
      message: "verification failed unexpectedly",
      cause: "a string",
    });
  });
});

describe("the revocation list", () => {
  const verifier = localVerifier();
  const verify = (token: string) => verifier.verify(token);
  const checking = (revocations: Parameters<typeof createRevocationCheck>[0]["revocations"]) =>
    createRevocationCheck({ verify, revocations, onFailure: "closed", unchecked: () => undefined });

  test("that is empty revokes nothing, and one entry more revokes", async () => {
    const revocations = createMemoryRevocations();
    const token = tokenOf("alice");
    const { userPoolId, sub } = await checking(revocations)(token);
    revocations.add({ key: revocationKey({ by: "sub", userPoolId, sub }), before: undefined });
    await expect(checking(revocations)(token)).rejects.toMatchObject({
      code: "token_revoked",
      message: "the token was revoked",
    });
  });

  test("that cannot be read says so, with the cause", async () => {
    const cause = new Error("throttled");
    await expect(checking({ find: () => Promise.reject(cause) })(tokenOf("alice"))).rejects.toMatchObject({
      code: "revocation_unavailable",
      message: "the revocation list cannot be read",
      cause,
    });
  });

  test.each([
    [undefined, []],
    ["", []],
    [7, []],
    ["s1", [`sign-in#${LOCAL.userPoolId}#s1`]],
  ])("is asked for the sign-in %j under %j", async (originJti, keys) => {
    const token = await verify(tokenOf("alice", { origin_jti: originJti }));
    expect(revocationKeys(token).slice(2)).toEqual(keys);
  });

  test("knows an app client by its id, and a sign-in by its own", () => {
    const userPoolId = LOCAL.userPoolId;
    expect(revocationKey({ by: "client", userPoolId, clientId: "c" })).toBe(`client#${userPoolId}#c`);
    expect(revocationKey({ by: "sign-in", userPoolId, originJti: "o" })).toBe(`sign-in#${userPoolId}#o`);
  });
});

test("a token without `scope` has no scopes", () => {
  expect(parseAccessTokenClaims(claimsOf("alice", { scope: undefined }), nowSeconds()).scopes).toEqual([]);
});

test("a deployed function uses the keys that the pool publishes", async () => {
  const { signingKeys } = await import("../../../src/token/published-keys.ts");
  expect(signingKeys()).toBeUndefined();
});
