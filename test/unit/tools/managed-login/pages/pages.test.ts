import { objectOf } from "../../../../../src/json.ts";
import type { UserPool } from "../../../../../src/tools/cognito-server/user-pool.ts";
import { BrowserVisit } from "../../../../support/browser-visit.ts";
import { addUser, PASSWORD } from "../../../../support/pool-users.ts";
import { servedPool, testClient } from "../../../../support/user-pool.ts";

const callback = "http://localhost:5173/callback";
const client = {
  ...testClient({
    AllowedOAuthFlows: ["code"],
    CallbackURLs: [callback],
    SupportedIdentityProviders: ["COGNITO", "Google", "SignInWithApple"],
  }),
  scopes: ["openid"],
};
/** Signs in by a provider only. */
const federated = {
  ...testClient(
    { AllowedOAuthFlows: ["code"], CallbackURLs: [callback], SupportedIdentityProviders: ["Google"] },
    "federated",
  ),
  scopes: ["openid"],
};
const query = new URLSearchParams({ client_id: client.id, redirect_uri: callback, response_type: "code" });
const at = (path: string) => `${path}?${query}`;

let served: UserPool;
let browser: BrowserVisit;

beforeAll(async () => {
  served = await servedPool({
    config: { clients: [client, federated] },
    triggers: {
      PreSignUp: (event: { request: { userAttributes: { email: string } } }) => {
        if (event.request.userAttributes.email.startsWith("mallory")) throw new Error("Not you");
        return { ...event, response: {} };
      },
    },
  });
});

beforeEach(() => {
  browser = new BrowserVisit(served.url);
});

afterAll(() => served.stop());

const alertIn = (page: string) => /<p role="alert"[^>]*>([^<]*)/.exec(page)?.[1];
const noticeIn = (page: string) => /<p role="status">([^<]*)/.exec(page)?.[1];
const titleIn = (page: string) => /<h1>([^<]*)/.exec(page)?.[1];
const mailedTo = (to: string) => objectOf(served.pool.mailbox.list(to)[0])["code"] as string;

async function reached(path: string): Promise<string> {
  return (await browser.get(path)).text();
}

test("the page of a sign-in says where it returns to", async () => {
  expect(await reached(at("/login"))).toContain("The sign-in returns to the app at http://localhost:5173.");
  expect(await reached("/_mailbox")).not.toContain("returns to the app");
});

test.each(["/login", "/signup", "/confirm", "/forgotPassword"])(
  "%s takes no form for a client that signs in by providers only, though another client's page gave it",
  async (path) => {
    addUser(served.pool, `of-pool${path.replace("/", "-")}@example.com`);
    const fields = {
      username: `of-pool${path.replace("/", "-")}@example.com`,
      password: PASSWORD,
      code: "1",
    };
    const before = served.pool.mailbox.list().length;
    const form = (await reached(at(path))).replaceAll(client.id, federated.id);
    const answer = await browser.send(form, fields);
    expect(answer.headers.get("location")).toBeNull();
    expect(alertIn(await answer.text())).toBe("This app signs in with other accounts only.");
    expect(served.pool.mailbox.list()).toHaveLength(before);
    expect(await reached(at(path).replace(client.id, federated.id))).not.toContain('name="username"');
  },
);

test("a new account: sign-up, the code from the mail, sign-in, back at the app", async () => {
  const email = "new@example.com";
  const signedUp = await browser.submit(at("/signup"), { username: email, password: PASSWORD });
  const confirm = signedUp.headers.get("location") ?? "";
  expect(confirm).toContain("/confirm?");

  const wrong = await (await browser.submit(confirm, { username: email, code: "000000" })).text();
  expect(alertIn(wrong)).toContain("Invalid verification code");
  const right = await (
    await browser.submit(confirm, { username: email, code: ` ${mailedTo(email)} ` })
  ).text();
  expect(noticeIn(right)).toContain("Your account is confirmed");
  const signedIn = await browser.submit(at("/login"), { username: email, password: PASSWORD });
  expect(signedIn.headers.get("location")).toMatch(/^http:\/\/localhost:5173\/callback\?code=/);
});

test("what the trigger refuses, and a weak password, are said on the page with what was entered", async () => {
  const refused = await browser.submit(at("/signup"), {
    username: "mallory@example.com",
    password: PASSWORD,
  });
  const text = await refused.text();
  expect(alertIn(text)).toBe("PreSignUp failed with error Not you.");
  expect(text).toContain('value="mallory@example.com"');
  const weak = await browser.submit(at("/signup"), { username: "weak@example.com", password: "short" });
  expect(alertIn(await weak.text())).toContain("Password did not conform with policy");
});

test("a sign-in before the confirmation leads to the code, and another code can be sent", async () => {
  const email = "late@example.com";
  await browser.submit(at("/signup"), { username: email, password: PASSWORD });
  const before = mailedTo(email);
  const answer = await browser.submit(at("/login"), { username: email, password: PASSWORD });
  expect(answer.headers.get("location")).toMatch(/^\/confirm\?.*username=late%40example\.com/);

  const again = await browser.submit(at("/confirm"), { username: email, again: "yes" });

  expect(noticeIn(await again.text())).toContain("Another code is on its way");
  expect(served.pool.mailbox.list(email)).toHaveLength(2);
  const old = await browser.submit(at("/confirm"), { username: email, code: before });
  expect(mailedTo(email) === before || alertIn(await old.text()) !== undefined).toBe(true);
});

test("a forgotten password is replaced with the code from the mail", async () => {
  addUser(served.pool, "forgot@example.com");
  const asked = await browser.submit(at("/forgotPassword"), { username: "forgot@example.com" });
  const page = await asked.text();
  expect(noticeIn(page)).toBe("A code was sent to f***@e***.");

  const wrong = await (await browser.send(page, { code: "000000", password: "Another-Horse-8" })).text();
  expect(alertIn(wrong)).toContain("Invalid verification code");
  const done = await browser.send(page, {
    code: mailedTo("forgot@example.com"),
    password: "Another-Horse-8",
  });

  expect(noticeIn(await done.text())).toContain("Your password is changed");
  const signedIn = await browser.submit(at("/login"), {
    username: "forgot@example.com",
    password: "Another-Horse-8",
  });
  expect(signedIn.status).toBe(302);
});

test("a temporary password is replaced on the way, and a weak one is corrected on the same page", async () => {
  addUser(served.pool, "invited@example.com", { status: "FORCE_CHANGE_PASSWORD" });
  const login = { username: "invited@example.com", password: PASSWORD };
  const page = await (await browser.submit(at("/login"), login)).text();
  expect(titleIn(page)).toBe("Choose a password");
  expect(page).toMatch(/New password.*<small>At least \d+ characters/s);

  const weak = await (await browser.send(page, { NEW_PASSWORD: "short" })).text();
  expect(alertIn(weak)).toContain("Password did not conform with policy");
  const done = await browser.send(weak, { NEW_PASSWORD: "Another-Horse-8" });

  expect(done.headers.get("location")).toMatch(/^http:\/\/localhost:5173\/callback\?code=/);
});

test("each provider of the client has a way to it, with the parameters of the app", async () => {
  const page = await reached(at("/login"));

  expect(page).toContain("Continue with Google");
  expect(page).toContain("Continue with Apple");
  expect(page).toMatch(/href="\/oauth2\/authorize\?[^"]*identity_provider=Google"/);
});

test.each([
  ["/login", "Sign in"],
  ["/signup", "Create an account"],
  ["/confirm", "Confirm your account"],
  ["/forgotPassword", "Reset your password"],
])("%s has one heading, a label for each field, and a language", async (path, title) => {
  const page = await reached(at(path));
  const fields = [...page.matchAll(/<input(?![^>]*type="hidden")[^>]*>/g)];

  expect(titleIn(page)).toBe(title);
  expect(page).toContain('<html lang="en">');
  expect(fields.length).toBeGreaterThan(0);
  expect([...page.matchAll(/<label>[^<]+\s*<input/g)]).toHaveLength(fields.length);
});

test("a link of a mail confirms an account", async () => {
  const email = "link@example.com";
  await browser.submit(at("/signup"), { username: email, password: PASSWORD });
  const link = (code: string) =>
    `/confirmUser?${new URLSearchParams({ client_id: client.id, user_name: email, confirmation_code: code })}`;

  expect(titleIn(await reached(link("000000")))).toBe("An error was encountered");
  expect(titleIn(await reached(link(mailedTo(email))))).toBe("Your registration has been confirmed!");
});

test.each([["constructor"], ["__proto__"], ["FLY"]])(
  "a form that says it answers the challenge %s is told that there is none",
  async (challenge) => {
    const page = await (await browser.get(at("/login"))).text();
    const form = page.replace("/login?", "/challenge?");

    const answer = await browser.send(form, { challenge, session: "s", username: "u", code: "1" });

    expect(answer.status).toBe(200);
    expect(alertIn(await answer.text())).toBe(`Invalid challenge name ${challenge}`);
  },
);

test("the keyboard of a phone is that of what is asked for", async () => {
  const page = await reached(at("/login"));

  expect(page).toMatch(/name="username" type="email"[^>]* inputmode="email"/);
  expect(page).toMatch(/name="password" type="password"[^>]* inputmode="text"/);
  expect(await reached(at("/confirm"))).toMatch(/name="code" type="text"[^>]* inputmode="numeric"/);
});
