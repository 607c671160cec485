import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "puppeteer-core";
import { objectOf, objectsOf, textOf } from "../../src/json.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { startBrowser } from "../support/chromium.ts";
import { freePort, LocalStackProcess, until } from "../support/local-stack-process.ts";
import { CONTRASTS } from "../support/page-contrasts.ts";
import { choose, focus, onComplaint, type PatientPage, pressButton } from "../support/patient-page.ts";
import { copyService, type ServiceCopy } from "../support/service-copy.ts";

// The first ten minutes with the local stack, in a real browser. SCREENSHOTS names a folder for pictures of it.

const CALLBACK = "http://localhost:5173/callback";
const EMAIL = "erin@example.com";
const PASSWORD = "Correct-Horse-7";
const SECTIONS = ["users", "tokens", "try", "policy", "decisions", "events", "mails"];

let folder: string;
let service: ServiceCopy;
let stack: LocalStackProcess;
let browser: Browser;
let page: PatientPage;
let ports: { readonly api: number; readonly cognito: number; readonly console: number };
let complaints: string[];

beforeAll(async () => {
  // A copy of the service: the console writes its policy, and samples of events.
  folder = mkdtempSync(join(tmpdir(), "claimgate console-"));
  service = copyService(join(folder, "service"));
  const [api, cognito, websocket, own] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  ports = { api, cognito, console: own };
  const args = [
    "--no-story",
    "--data",
    join(folder, "data"),
    "--port",
    `${api}`,
    "--cognito-port",
    `${cognito}`,
  ];
  const more = ["--websocket-port", `${websocket}`, "--console-port", `${own}`];
  stack = new LocalStackProcess([...args, ...more], {}, service.folder);
  await stack.ready();
  browser = await startBrowser();
  page = await browser.newPage();
  complaints = [];
  onComplaint(page, (complaint) => complaints.push(complaint));
  page.on("request", (request) => {
    if (!/^(?:data:|http:\/\/localhost:)/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  await page.setViewport({ width: 1280, height: 900 });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await stack?.end();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

afterEach(() => expect(complaints).toEqual([]));

/** A section of the console, once it has something to show. */
async function section(name: string): Promise<void> {
  const url = `http://localhost:${ports.console}/#${name}`;
  if (page.url().startsWith(`http://localhost:${ports.console}/`))
    await page.evaluate(`location.hash = "${name}"`);
  else await page.goto(url);
  await page.waitForSelector(`nav a[href="#${name}"][aria-current=page]`);
  await page.waitForSelector("main .panel");
}

/** The links to sections that the window does not show whole, evaluated in the page. */
const OUTSIDE = `[...document.querySelectorAll("#console > nav a")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0)
  .map((one) => one.innerText)`;

const textOfPage = async (selector: string) =>
  String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`));
const shows = (selector: string, text: string) =>
  until(`${selector} shows ${text}`, async () => (await textOfPage(selector)).includes(text), 20_000);
const press = (name: string) => pressButton(page, name);

/** An app: it sends its user to the sign-in page, and exchanges the code that comes back for tokens. */
async function throughTheApp(visit: (app: PatientPage) => Promise<void>): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: LOCAL.appClients.web,
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid email",
    state: "here",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const app = await browser.newPage();
  await app.setRequestInterception(true);
  const returned = new Promise<URL>((found) => {
    app.on("request", (request) => {
      if (!request.url().startsWith(CALLBACK)) return void request.continue();
      found(new URL(request.url()));
      void request.respond({
        status: 200,
        contentType: "text/html",
        body: "<!doctype html><title>app</title>",
      });
    });
  });
  const cognito = `http://localhost:${ports.cognito}`;
  await app.goto(`${cognito}/oauth2/authorize?${query}`);
  await visit(app);
  const { searchParams } = await returned;
  expect(searchParams.get("state")).toBe("here");
  await app.close();
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: LOCAL.appClients.web,
    redirect_uri: CALLBACK,
    code: searchParams.get("code") ?? "",
    code_verifier: verifier,
  });
  const answer = objectOf(await (await fetch(`${cognito}/oauth2/token`, { method: "POST", body })).json());
  return textOf(answer["access_token"]) ?? "";
}

/** Fills in the form of a page of the pool, and waits for the page that follows. */
async function fill(app: PatientPage, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await app.locator(`input[name="${name}"]`).fill(value);
  }
  await Promise.all([app.waitForNavigation(), app.locator("form button:not(.other)").click()]);
}

const call = async (token: string, method: string, path: string) => {
  const init = { method, headers: { authorization: `Bearer ${token}` } };
  const body = method === "POST" ? { body: JSON.stringify({ item: "Teapot", quantity: 1 }) } : {};
  return (await fetch(`http://127.0.0.1:${ports.api}${path}`, { ...init, ...body })).status;
};

let token: string;

test("before anything happened, each section says what will be there", async () => {
  await section("users");
  await shows("main", "The pool has no users yet.");
  await section("tokens");
  await shows("main", "No tokens yet.");
  await section("mails");
  await shows("main", "No mails yet.");
});

test("signs up at the pages with the code from the console's mails, and signs in by PKCE", async () => {
  token = await throughTheApp(async (app) => {
    await Promise.all([app.waitForNavigation(), app.locator("::-p-text(Create an account)").click()]);
    await fill(app, { username: EMAIL, password: PASSWORD });
    await section("mails");
    await shows(".mails", EMAIL);
    const code = await textOfPage(".mails .code code");
    expect(code).toMatch(/^\d{6}$/);
    await fill(app, { code });
    await fill(app, { username: EMAIL, password: PASSWORD });
  });
  await section("tokens");
  await shows(".token .added", "roles");
  await shows(".token .added", '["customer"]');
});

test("an allowed and a denied call appear as they happen, the denied one with what is missing", async () => {
  await section("decisions");
  expect(await call(token, "POST", "/orders")).toBe(201);
  await shows(".log tbody tr", "p, role:customer, orders:create, allow");
  expect(await call(token, "GET", "/orders")).toBe(403);
  await shows(".log tbody tr", "no row grants orders:list");
  await choose(page, ".filters select", "deny");
  await page.waitForFunction("document.querySelectorAll('.log tbody tr').length === 1");
});

test("the same call from the console explains the deny, and leads to the row in the editor", async () => {
  await section("try");
  await press("Call");
  await shows(".answer .verdict", "403");
  await shows(".answer .why", "no row grants orders:list");
  await shows(".answer .chains", "p, role:viewer, orders:list, allow");
  await page.locator(".answer .chains a.place").click();
  await page.waitForSelector(".editor .cm-activeLine");
  await shows(".editor .cm-activeLine", "p, role:viewer, orders:list, allow");
});

test("a typing error is found while it is typed, and fixed by a click", async () => {
  await focus(page, ".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type("p, role:custmer, orders:list, allow\n");
  await shows(".findings", "role:custmer");
  await page.locator(".findings button").click();
  await shows(".findings", "No findings");
});

test("the edit says who gains what, and once it is saved the matrix flashes and the call is allowed", async () => {
  await shows(".changes", "group:customers GET /orders");
  await press("Save");
  await page.waitForSelector(".matrix td.flash");
  expect(service.read("policies/roles.csv")).toContain("p, role:customer, orders:list, allow\n");
  await until("allowed", async () => (await call(token, "GET", "/orders")) === 200, 20_000);
  await section("try");
  await press("Call");
  await shows(".answer .verdict", "200");
});

test("a policy that does not load is refused, and the page says what stays in force", async () => {
  await section("policy");
  await focus(page, ".cm-content");
  await page.keyboard.type("p, nonsense\n");
  await shows(".changes", "One error keeps the policy from loading");
  await press("Save anyway");
  await shows(".problem", "an earlier policy");
  expect(await call(token, "GET", "/orders")).toBe(200);
  await focus(page, ".cm-content");
  await page.keyboard.down("Control");
  await until("it is taken back", async () => {
    await page.keyboard.press("z");
    return !(await textOfPage(".cm-content")).includes("nonsense");
  });
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  await page.waitForFunction("document.querySelector('.problem') === null");
});

test("groups.yaml is edited like the rows, and its findings appear while it is typed", async () => {
  await section("policy");
  await page.locator('.files a[href$="groups.yaml"]').click();
  await shows(".cm-content", "description: Places orders");
  await focus(page, ".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type("customers: {}\n");
  await shows(".findings", "groups.yaml");
  await shows(".changes", "One error keeps the policy from loading");
  await press("Discard");
  await shows(".findings", "No findings");
});

test("the event of a call is shown without its token, and what would be saved of it has placeholders", async () => {
  await section("events");
  await choose(page, "main select", "httpAuthorizer");
  await page.locator("main .list a.item").click();
  await shows(".detail .body", `(access token of ${EMAIL})`);
  await page.locator("main details summary").click();
  await shows("main details .body", "Bearer {{token:alice}}");
  expect(await page.evaluate("document.querySelector('main').innerText")).not.toMatch(/eyJ/);
  await page.locator("main form input[required]").fill("customer-lists-orders");
  await press("Save as sample");
  await shows("main form .problem", "events/http/customer-lists-orders.json exists; choose another name");
  // The answer to the refused request.
  complaints = complaints.filter((text) => !text.includes("409"));
});

test("the event is saved as a sample under the chosen name, scrubbed, with the answer of its run", async () => {
  await page.locator("main form input[required]").fill("erin-lists-orders");
  await page.locator("main form input[placeholder]").fill("erin lists the orders of everyone");
  await press("Save as sample");
  const path = "events/http/erin-lists-orders.json";
  await page.waitForSelector("main form .done", { timeout: 100_000 });
  await shows("main form .done", `Saved as ${path}`);
  await shows("main form .done", `npx sls invoke local -f httpAuthorizer -p ${path}`);
  const sample = service.read(path);
  expect(sample).not.toMatch(/eyJ|erin/);
  expect(sample).toContain("111122223333");
  expect(objectOf(JSON.parse(sample))).toMatchObject({
    routeKey: "GET /orders",
    identitySource: ["Bearer {{token:alice}}"],
    headers: { authorization: "Bearer {{token:alice}}" },
  });
  expect(objectsOf(JSON.parse(service.read("events/http/manifest.json"))).at(-1)).toMatchObject({
    file: "erin-lists-orders.json",
    function: "httpAuthorizer",
    what: "erin lists the orders of everyone",
    expected: { isAuthorized: true },
  });
}, 120_000);

test("a user is put in a group by keyboard alone, and signing in shows it in both tokens", async () => {
  await section("users");
  await focus(page, '::-p-aria([name="support"][role="checkbox"])');
  await page.keyboard.press("Space");
  await shows(".toast", "put in support");
  await press("Sign in as");
  await page.waitForFunction("document.querySelectorAll('.token .added').length === 2");
  await shows(".token .added", "support");
});

describe.each(["light", "dark"])("in a %s scheme", (scheme) => {
  test.each([1280, 390])(
    "every section fits a window %d pixels wide, with the contrast of WCAG AA",
    async (width) => {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width, height: width === 390 ? 844 : 900 });
      for (const name of SECTIONS) {
        await section(name);
        // The editor comes with the text of its file.
        if (name === "policy") await page.waitForSelector(".cm-content");
        expect(`${name} ${String(await page.evaluate("document.documentElement.scrollWidth"))}`).toBe(
          `${name} ${width}`,
        );
        expect(await page.evaluate(OUTSIDE)).toEqual([]);
        const ratios = (await page.evaluate(CONTRASTS)) as readonly {
          readonly text: string;
          readonly ratio: number;
        }[];
        expect(ratios.length).toBeGreaterThan(10);
        expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
        await picture(`console-${name}-${width}-${scheme}`);
      }
    },
  );
});

async function picture(name: string): Promise<void> {
  const pictures = process.env["SCREENSHOTS"];
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${resolve(pictures, name)}.png`, fullPage: true });
}

test("a screen reader finds a name for everything that can be used", async () => {
  for (const name of SECTIONS) {
    await section(name);
    const nameless =
      await page.evaluate(`[...document.querySelectorAll("main :is(button, a, input, select, textarea)")]
      .filter((one) => one.checkVisibility() && !one.closest(".cm-editor"))
      .filter((one) => !(one.ariaLabel || one.innerText?.trim() || one.labels?.[0]?.textContent.trim()))
      .map((one) => one.outerHTML)`);
    expect(nameless).toEqual([]);
  }
});

test("says so when the stack is gone", async () => {
  await section("users");
  await stack.end();
  await shows(".banner", "The stack does not answer.");
  complaints = complaints.filter(
    (text) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/.test(text),
  );
});
