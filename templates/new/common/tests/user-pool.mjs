// A user pool for tests: tokens as Cognito issues them, signed by a key of this process, which answers for the keys that
// the pool would publish. Nothing leaves this machine.
import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { PassThrough } from "node:stream";

const POOL = "us-east-1_Example01";
const CLIENT = "1h57kf5cpq17m0eml12EXAMPLE";
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`;

/** What the authorizer is configured with. */
export const environment = {
  CLAIMGATE_USER_POOL_ID: POOL,
  CLAIMGATE_APP_CLIENTS: JSON.stringify({ web: CLIENT }),
};

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys = JSON.stringify({
  keys: [{ ...publicKey.export({ format: "jwk" }), kid: "test", use: "sig", alg: "RS256" }],
});

/** An access token of a user: the subject, the groups, and claims that differ from the usual ones. */
export function accessToken(sub, groups, claims = {}) {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    sub,
    iss: ISSUER,
    client_id: CLIENT,
    token_use: "access",
    scope: "openid",
    username: sub,
    auth_time: now,
    iat: now,
    exp: now + 900,
    jti: randomUUID(),
    ...(groups.length === 0 ? {} : { "cognito:groups": groups }),
    ...claims,
  };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ kid: "test", alg: "RS256" })}.${encode(payload)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(privateKey, "base64url")}`;
}

/** Answers every HTTPS request of this process: the keys of the pool, and 404 for anything else. */
export function publishKeys() {
  https.request = (url, _options, onResponse) => {
    const request = new PassThrough();
    const found = String(url) === `${ISSUER}/.well-known/jwks.json`;
    const response = Object.assign(new PassThrough(), {
      statusCode: found ? 200 : 404,
      headers: { "content-type": "application/json" },
    });
    setImmediate(() => {
      onResponse?.(response);
      request.emit("response", response);
      response.end(found ? keys : "{}");
    });
    return request;
  };
  syncBuiltinESMExports();
}
