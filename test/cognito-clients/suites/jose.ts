import assert from "node:assert/strict";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { verifierOfIdTokens } from "../snippets/jose.ts";
import { addPerson, tokensFor } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { rotateKeys, tampered } from "../support/signatures.ts";
import { publicClient, startPool, webClient } from "../support/user-pool.ts";

let pool: UserPool;

before(async () => {
  pool = await startPool({ clients: [webClient(), publicClient("other")] });
});
after(() => pool.stop());

const newTokens = async (clientId = "localwebclient") => tokensFor(pool, await addPerson(pool), clientId);

const rotate = () => rotateKeys(pool);

describe("jose", () => {
  it("verifies an ID token by the keys of the pool", async () => {
    const { idToken } = await newTokens();
    const { payload } = await verifierOfIdTokens(pool.url)(idToken);
    assert.equal(payload["token_use"], "id");
  });

  it("refuses an access token, a token of another client and a changed signature", async () => {
    const verify = verifierOfIdTokens(pool.url);
    const { accessToken, idToken } = await newTokens();
    await assert.rejects(verify(accessToken), { code: "ERR_JWT_CLAIM_VALIDATION_FAILED" });
    await assert.rejects(verify((await newTokens("otherclient")).idToken), {
      code: "ERR_JWT_CLAIM_VALIDATION_FAILED",
    });
    await assert.rejects(verify(tampered(idToken)), { code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED" });
  });

  it("follows a rotation of the keys, and still accepts tokens of the old one", async () => {
    const verify = verifierOfIdTokens(pool.url);
    const { idToken: before } = await newTokens();
    await verify(before);
    rotate();
    const { idToken: now } = await newTokens();
    await verify(now);
    await verify(before);
    await verifierOfIdTokens(pool.url)(before);
  });
});
