import type { UserPool } from "../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../support/browser-visit.ts";
import {
  atProvider,
  authorizeBy,
  choose,
  federatedClient,
  idClaims,
  locationOf,
  PROVIDERS,
  signInBy,
} from "../support/federated-visit.ts";
import { addUser } from "../support/pool-users.ts";
import { servedPool } from "../support/user-pool.ts";

const MALLORY = { email: "mallory@example.com", id: "666", name: "Mallory", verified: "on" };

let now = Date.now();
let served: UserPool;
let browser: BrowserVisit;

beforeEach(async () => {
  now = Date.now();
  served = await servedPool({
    config: { clients: [federatedClient], providers: PROVIDERS },
    now: () => now,
  });
  browser = new BrowserVisit(served.url);
});
afterEach(() => served.stop());

/** Whether a way back ends at the page of errors, with nobody signed in. */
async function refused(visit: BrowserVisit, path: string): Promise<boolean> {
  const location = locationOf(await visit.get(path));
  return location.startsWith("/error?");
}

test("a code of the provider is valid once", async () => {
  const back = await choose(browser, "Google", MALLORY);
  expect(await refused(browser, back)).toBe(false);
  expect(await refused(browser, back)).toBe(true);
});

test("a victim's browser does not take the sign-in that an attacker began", async () => {
  const back = await choose(browser, "Google", MALLORY);
  const victim = new BrowserVisit(served.url);
  expect(await refused(victim, back)).toBe(true);
  await atProvider(victim, "Google");
  expect(await refused(victim, back)).toBe(true);
  expect(served.pool.users.size).toBe(0);
});

test("a code of one sign-in does not end another one of the same browser", async () => {
  const first = new URL(await choose(browser, "Google", MALLORY), served.url);
  const second = new URL(await choose(browser, "Facebook", MALLORY), served.url);
  second.searchParams.set("code", first.searchParams.get("code") ?? "");
  expect(await refused(browser, `${second.pathname}${second.search}`)).toBe(true);
});

test.each([
  ["a code that nobody gave", { code: "x".repeat(43) }],
  ["no code", { code: "" }],
  ["a state that nobody gave", { state: "x".repeat(43) }],
  ["no state", { state: "" }],
])("%s signs nobody in", async (_, changes) => {
  const back = new URL(await choose(browser, "Google", MALLORY), served.url);
  for (const [name, value] of Object.entries(changes)) back.searchParams.set(name, value);
  expect(await refused(browser, `${back.pathname}${back.search}`)).toBe(true);
});

test("a code expires after a minute, and a page of the provider after ten", async () => {
  const back = await choose(browser, "Google", MALLORY);
  now += 60_000;
  expect(await refused(browser, back)).toBe(true);
  const page = await atProvider(browser, "Google");
  now += 10 * 60_000;
  expect(await refused(browser, page)).toBe(true);
});

test("a form of another site chooses no account", async () => {
  const page = await atProvider(browser, "Google");
  const forged = `<form method="post" action="${page.replaceAll("&", "&amp;")}">`;
  const response = await browser.send(forged, MALLORY);
  expect(locationOf(response)).toBe("");
  expect(await response.text()).toContain("This form is out of date");
});

test("a provider that the client does not have is refused before an account is chosen", async () => {
  const location = locationOf(await browser.get(authorizeBy("Evil")));
  expect(new URL(location).searchParams.get("error")).toBe("invalid_request");
  const direct = authorizeBy("Evil").replace("/oauth2/authorize", "/oauth2/idp");
  expect(new URL(locationOf(await browser.get(direct))).searchParams.get("error")).toBe("invalid_request");
});

test("an address that a user has gives a provider's account nothing of that user", async () => {
  const owner = addUser(served.pool, "ann@example.com");
  for (const provider of ["Google", "Facebook"]) {
    const back = await signInBy(served, provider, { ...MALLORY, email: "ann@example.com" });
    const claims = await idClaims(served, back.get("code"));
    expect(claims["sub"]).not.toBe(owner.attributes["sub"]);
    expect(claims["cognito:username"]).toBe(`${provider}_666`);
  }
  expect(served.pool.users.find("ann@example.com")?.username).toBe(owner.username);
});

test("a local user whose name is that of an account keeps it", async () => {
  const own = await servedPool({
    config: { clients: [federatedClient], providers: PROVIDERS, usernameAttributes: [] },
  });
  try {
    addUser(own.pool, "Google_666@example.com");
    const back = await signInBy(own, "Google", MALLORY);
    expect(back.get("error_description")).toBe("Already found an entry for username Google_666");
  } finally {
    await own.stop();
  }
});

test("what is entered at the provider is text in every page", async () => {
  const evil = '<script>alert(1)</script>"@example.com';
  await signInBy(served, "Google", { id: evil, name: evil });
  const page = await (await browser.get(await atProvider(browser, "Google"))).text();
  expect(page).not.toContain("<script>alert");
  expect(page).toContain("&lt;script&gt;");
});
