import assert from "node:assert/strict";
import * as oidc from "openid-client";
import type { JsonObject } from "../../../src/json.ts";
import { callOperation } from "../../../src/tools/cognito/operations/call-operation.ts";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../../support/browser-visit.ts";
import { discovered, discoveredConfidential } from "../snippets/openid-client.ts";
import { authenticatorCode } from "../support/authenticator-app.ts";
import { addNewcomer, addPerson, POOL_ID, tokensFor } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { claimsOf } from "../support/tokens.ts";
import {
  CALLBACK,
  codeFor,
  confidentialClient,
  newAddress,
  PASSWORD,
  SIGNED_OUT,
  startPool,
  webClient,
} from "../support/user-pool.ts";

const SCOPE = "openid email";
const GOOGLE = { name: "Google", type: "Google", attributeMapping: { email: "email", name: "name" } };
const SERVER = { id: "serverclient", secret: "secret-of-server" } as const;

let pool: UserPool;
let config: oidc.Configuration;
let confidential: oidc.Configuration;

before(async () => {
  pool = await startPool({
    mfa: { mode: "OPTIONAL", methods: ["SOFTWARE_TOKEN_MFA"] },
    providers: [GOOGLE],
    clients: [
      webClient({ identityProviders: ["COGNITO", "Google"] }),
      confidentialClient("server", {
        ...webClient(),
        name: "server",
        id: SERVER.id,
        secret: SERVER.secret,
        rotationGraceSeconds: 0,
      }),
      confidentialClient("machine", {
        flows: ["client_credentials"],
        scopes: ["orders/read", "orders/write"],
      }),
    ],
  });
  config = await discovered(pool.url, "localwebclient");
  confidential = await discoveredConfidential(pool.url, SERVER.id, SERVER.secret);
});
after(() => pool.stop());

/** What an app remembers while its user is at the pages. */
interface Leave {
  readonly address: URL;
  readonly checks: oidc.AuthorizationCodeGrantChecks & { readonly pkceCodeVerifier: string };
}

async function leave(as = config, scope = SCOPE): Promise<Leave> {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const address = oidc.buildAuthorizationUrl(as, {
    redirect_uri: CALLBACK,
    scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
  });
  return { address, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

/** The page that an address leads to. */
async function opened(browser: BrowserVisit, address: URL): Promise<string> {
  const away = await browser.get(address.href);
  assert.equal(away.status, 302);
  return (await browser.get(location(away))).text();
}

const location = (response: Response) => response.headers.get("location") ?? "";

/** Where a link of a page leads. */
function linkIn(page: string, path: string): string {
  const links = Array.from(page.matchAll(/href="([^"]*)"/g), ([, link = ""]) =>
    link.replaceAll("&amp;", "&"),
  );
  return links.find((link) => link.startsWith(path)) ?? "";
}

/** Signs in at the page, and comes back to the app. */
async function comeBack(browser: BrowserVisit, { address }: Leave, email: string): Promise<URL> {
  const page = await opened(browser, address);
  return new URL(location(await browser.send(page, { username: email, password: PASSWORD })));
}

async function tokensOf(as: oidc.Configuration, email: string, scope = SCOPE) {
  const left = await leave(as, scope);
  const back = await comeBack(new BrowserVisit(pool.url), left, email);
  return oidc.authorizationCodeGrant(as, back, left.checks);
}

describe("openid-client", () => {
  it("discovers the endpoints here, and the issuer of AWS", () => {
    const { issuer, token_endpoint: tokens } = config.serverMetadata();
    assert.equal(issuer, `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`);
    assert.equal(tokens, `${pool.url}/oauth2/token`);
    return Promise.resolve();
  });

  it("signs in by the code grant with PKCE, and accepts the ID token with its nonce", async () => {
    const email = await addPerson(pool);
    const tokens = await tokensOf(config, email);
    assert.equal(tokens.claims()?.["email"], email);
    assert.equal(tokens.token_type, "bearer");
    assert.equal(tokens.expires_in, 3600);
  });

  it("signs in with a client that has a secret, in the header", async () => {
    const email = await addPerson(pool);
    const tokens = await tokensOf(confidential, email);
    assert.equal(tokens.claims()?.["aud"], SERVER.id);
  });

  it("signs in again without a page while the browser is signed in, until it signs out", async () => {
    const email = await addPerson(pool);
    const browser = new BrowserVisit(pool.url);
    await comeBack(browser, await leave(), email);
    const again = await leave();
    const back = new URL(location(await browser.get(again.address.href)));
    const tokens = await oidc.authorizationCodeGrant(config, back, again.checks);
    assert.equal(tokens.claims()?.["email"], email);
    const end = oidc.buildEndSessionUrl(config, { logout_uri: SIGNED_OUT });
    assert.equal(location(await browser.get(end.href)), SIGNED_OUT);
    assert.match(await opened(browser, (await leave()).address), /Sign in/);
  });

  it("is refused the code a second time, and with another verifier", async () => {
    const email = await addPerson(pool);
    const left = await leave();
    const back = await comeBack(new BrowserVisit(pool.url), left, email);
    await oidc.authorizationCodeGrant(config, back, left.checks);
    const refused = { error: "invalid_grant" };
    await assert.rejects(oidc.authorizationCodeGrant(config, back, left.checks), refused);
    const other = await leave();
    const landed = await comeBack(new BrowserVisit(pool.url), other, email);
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    await assert.rejects(
      oidc.authorizationCodeGrant(config, landed, { ...other.checks, pkceCodeVerifier }),
      refused,
    );
  });

  it("comes back with an error for a scope that the client does not have", async () => {
    const left = await leave(config, "openid orders/write");
    const back = new URL(location(await new BrowserVisit(pool.url).get(left.address.href)));
    await assert.rejects(oidc.authorizationCodeGrant(config, back, left.checks), { error: "invalid_scope" });
  });

  it("reads what the scopes show of the user", async () => {
    const email = await addPerson(pool, { name: "Ada" });
    const tokens = await tokensOf(config, email);
    const subject = tokens.claims()?.sub ?? "";
    const info = await oidc.fetchUserInfo(config, tokens.access_token, subject);
    assert.equal(info.email, email);
    assert.equal(info.name, undefined);
  });

  it("refreshes, and revokes", async () => {
    const tokens = await tokensOf(config, await addPerson(pool));
    const refreshToken = tokens.refresh_token ?? "";
    const fresh = await oidc.refreshTokenGrant(config, refreshToken);
    assert.equal(fresh.claims()?.sub, tokens.claims()?.sub);
    assert.equal(fresh.refresh_token, undefined);
    await oidc.tokenRevocation(config, refreshToken);
    await assert.rejects(oidc.refreshTokenGrant(config, refreshToken), { error: "invalid_grant" });
  });

  it("gets another refresh token where the client rotates them", async () => {
    const tokens = await tokensOf(confidential, await addPerson(pool));
    const fresh = await oidc.refreshTokenGrant(confidential, tokens.refresh_token ?? "");
    assert.notEqual(fresh.refresh_token, undefined);
    await assert.rejects(oidc.refreshTokenGrant(confidential, tokens.refresh_token ?? ""), {
      error: "invalid_grant",
    });
  });

  it("gets tokens for a machine", async () => {
    const machine = await discoveredConfidential(pool.url, "machineclient", "secret-of-machine");
    const { access_token: token } = await oidc.clientCredentialsGrant(machine, { scope: "orders/read" });
    assert.equal(claimsOf(token)["scope"], "orders/read");
    await assert.rejects(oidc.clientCredentialsGrant(machine, { scope: "orders/delete" }), {
      error: "invalid_scope",
    });
    const wrong = await discoveredConfidential(pool.url, "machineclient", "wrong");
    await assert.rejects(oidc.clientCredentialsGrant(wrong), { error: "invalid_client" });
  });

  it("signs up at the pages, with the code of the mail", async () => {
    const email = newAddress();
    const browser = new BrowserVisit(pool.url);
    const left = await leave();
    const page = await opened(browser, left.address);
    const sent = await browser.submit(linkIn(page, "/signup"), { username: email, password: PASSWORD });
    const confirm =
      sent.status === 302 ? await (await browser.get(location(sent))).text() : await sent.text();
    const code = await codeFor(pool, email);
    const confirmed = await browser.send(confirm, { username: email, code });
    const login = confirmed.status === 302 ? await browser.get(location(confirmed)) : confirmed;
    const back = await browser.send(await login.text(), { username: email, password: PASSWORD });
    const tokens = await oidc.authorizationCodeGrant(config, new URL(location(back)), left.checks);
    assert.equal(tokens.claims()?.["email_verified"], true);
  });

  it("continues with a provider, whose page runs inside", async () => {
    const browser = new BrowserVisit(pool.url);
    const left = await leave();
    const choice = await opened(browser, left.address);
    const away = await browser.get(linkIn(choice, "/oauth2/authorize"));
    const toProvider = await browser.get(location(away));
    const account = { email: "ann@gmail.example", name: "Ann", id: "1001", verified: "on" };
    const chosen = await browser.submit(location(toProvider), account);
    const back = new URL(location(await browser.get(location(chosen))));
    const tokens = await oidc.authorizationCodeGrant(config, back, left.checks);
    assert.equal(tokens.claims()?.["cognito:username"], "Google_1001");
    assert.deepEqual(tokens.claims()?.["cognito:groups"], [`${POOL_ID}_Google`]);
  });

  it("sets another password at the pages, with the code of the mail", async () => {
    const email = await addPerson(pool);
    const browser = new BrowserVisit(pool.url);
    const left = await leave();
    const login = await opened(browser, left.address);
    const sent = await browser.submit(linkIn(login, "/forgotPassword"), { username: email });
    const code = await codeFor(pool, email);
    const password = "Another-Horse-8";
    const changed = await browser.send(await sent.text(), { username: email, code, password });
    const back = await browser.send(await changed.text(), { username: email, password });
    await oidc.authorizationCodeGrant(config, new URL(location(back)), left.checks);
  });

  it("replaces a temporary password at the pages", async () => {
    const email = await addNewcomer(pool, "Temporary-Horse-1");
    const browser = new BrowserVisit(pool.url);
    const left = await leave();
    const page = await opened(browser, left.address);
    const asked = await browser.send(page, { username: email, password: "Temporary-Horse-1" });
    const back = await browser.send(await asked.text(), { NEW_PASSWORD: PASSWORD });
    await oidc.authorizationCodeGrant(config, new URL(location(back)), left.checks);
  });

  it("signs in at the pages with the code of an authenticator app", async () => {
    const email = await addPerson(pool);
    const secret = await withApp(email);
    const browser = new BrowserVisit(pool.url);
    const left = await leave();
    const page = await opened(browser, left.address);
    const asked = await browser.send(page, { username: email, password: PASSWORD });
    const back = await browser.send(await asked.text(), { code: authenticatorCode(secret, 1) });
    await oidc.authorizationCodeGrant(config, new URL(location(back)), left.checks);
  });
});

/** Sets up an authenticator app for a user. */
async function withApp(email: string): Promise<string> {
  const { accessToken: AccessToken } = await tokensFor(pool, email);
  const call = (operation: string, request: JsonObject) =>
    callOperation(pool.pool, operation, { AccessToken, ...request });
  const secret = String((await call("AssociateSoftwareToken", {}))["SecretCode"]);
  await call("VerifySoftwareToken", { UserCode: authenticatorCode(secret) });
  await call("SetUserMFAPreference", { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  return secret;
}
