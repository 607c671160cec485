import assert from "node:assert/strict";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { verifierOfAccessTokens } from "../snippets/aws-jwt-verify.ts";
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

describe("aws-jwt-verify", () => {
  it("verifies an access token by the keys of the pool", async () => {
    const { accessToken } = await newTokens();
    const payload = await verifierOfAccessTokens(pool.url).verify(accessToken);
    assert.equal(payload.client_id, "localwebclient");
  });

  it("refuses an ID token, a token of another client and a changed signature", async () => {
    const verifier = verifierOfAccessTokens(pool.url);
    const { accessToken, idToken } = await newTokens();
    await assert.rejects(verifier.verify(idToken), /Token use not allowed: id/);
    await assert.rejects(
      verifier.verify((await newTokens("otherclient")).accessToken),
      /Client ID not allowed/,
    );
    await assert.rejects(verifier.verify(tampered(accessToken)), /Invalid signature/);
  });

  it("follows a rotation of the keys, and still accepts tokens of the old one", async () => {
    const verifier = verifierOfAccessTokens(pool.url);
    const { accessToken: before } = await newTokens();
    await verifier.verify(before);
    rotate();
    const { accessToken: now } = await newTokens();
    await verifier.verify(now);
    await verifier.verify(before);
    await verifierOfAccessTokens(pool.url).verify(before);
  });
});
