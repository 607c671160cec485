import { objectOf } from "../../src/json.ts";
import type { UserPool } from "../../src/tools/cognito-server/user-pool.ts";
import type { AccountDirectory } from "../../src/triggers/directory.ts";
import { createPreSignUp, SIGN_IN_AGAIN } from "../../src/triggers/pre-sign-up.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
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
import { policyFrom } from "../support/policy.ts";
import { call } from "../support/pool-calls.ts";
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

describe("an address that both a provider's user and a native one have", () => {
  const ANN = { email: "ann@example.com", id: "42", name: "Ann", verified: "on" };
  const rows = policyFrom("p2, *@example.com, allow\ng3, *@example.com, group:staff");
  const options = {
    autoConfirm: false,
    linkFederatedUsers: true,
    trustedProviders: createTrustedProviders(new Map(PROVIDERS.map(({ name }) => [name, ["example.com"]])), {
      complete: true,
    }),
  };

  /** A pool with pre-sign-up of claimgate, which links; it lists and links the users of the pool itself. */
  async function linkingPool() {
    const own = await servedPool({
      config: { clients: [federatedClient], providers: PROVIDERS },
      triggers: {
        PreSignUp: async (event) =>
          objectOf(
            await createPreSignUp({
              policy: () => rows,
              options: () => options,
              directory: () => directoryOf(own.pool),
              deadline: () => AbortSignal.timeout(3_000),
              log: () => undefined,
            })(event),
          ),
      },
    });
    return own;
  }

  const directoryOf = (pool: UserPool["pool"]): AccountDirectory => ({
    findByEmail: (_, email) =>
      Promise.resolve(
        pool.users
          .all()
          .filter(({ attributes }) => attributes["email"]?.toLowerCase() === email.toLowerCase())
          .map(({ username, enabled, status, attributes }) => ({
            userName: username,
            enabled,
            status,
            attributes: attributes as Record<string, string>,
          })),
      ),
    findByPhone: () => Promise.resolve([]),
    link: async ({ userName }, { provider, subject }) => {
      await call(pool, "AdminLinkProviderForUser", {
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
        SourceUser: {
          ProviderName: provider,
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: subject,
        },
      });
    },
  });

  const subOf = async (own: UserPool, provider: string, account: Readonly<Record<string, string>>) =>
    (await idClaims(own, (await signInBy(own, provider, account)).get("code")))["sub"];

  const signUp = (own: UserPool) =>
    call(own.pool, "SignUp", {
      ClientId: federatedClient.id,
      Username: ANN.email,
      Password: "Correct-Horse-7",
    });

  it("gives a native sign-up nothing of the federated user, who keeps the account", async () => {
    const own = await linkingPool();
    try {
      const before = await subOf(own, "Google", ANN);
      const { UserSub } = await signUp(own);
      expect(UserSub).not.toBe(before);
      expect(own.pool.users.find(ANN.email)?.attributes["email_verified"]).not.toBe("true");
      expect(await subOf(own, "Google", ANN)).toBe(before);
    } finally {
      await own.stop();
    }
  });

  it("gives someone who signs up first, without proof, no link to the owner who comes by a provider", async () => {
    const own = await linkingPool();
    try {
      const { UserSub } = await signUp(own);
      expect(await subOf(own, "Google", ANN)).not.toBe(UserSub);
      expect(own.pool.users.byIdentity("Google", ANN.id)?.attributes["sub"]).not.toBe(UserSub);
    } finally {
      await own.stop();
    }
  });

  it("links a provider's account that proves it to the native user who has proven it, and no other account", async () => {
    const own = await linkingPool();
    try {
      const owner = addUser(own.pool, ANN.email);
      const unproven = { email: ANN.email, id: "666", name: "Mallory" };
      expect(await subOf(own, "Google", unproven)).not.toBe(owner.attributes["sub"]);
      const refusedOnce = await signInBy(own, "Google", ANN);
      expect(refusedOnce.get("error_description")).toContain(SIGN_IN_AGAIN);
      expect(await subOf(own, "Google", ANN)).toBe(owner.attributes["sub"]);
      expect(await subOf(own, "Google", unproven)).not.toBe(owner.attributes["sub"]);
    } finally {
      await own.stop();
    }
  });
});
