import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../support/chromium.ts";
import type { TestConsole } from "../support/console.ts";
import { CALLS, crowdedConsole, EVENTS, LONG, OLDEST, USERS } from "../support/crowded-console.ts";
import { choose, onComplaint, type PatientPage, pressButton } from "../support/patient-page.ts";

// The console of a pool with a thousand users and the longest names. SCREENSHOTS names a folder for pictures of it.

const SECTIONS = ["users", "tokens", "try", "policy", "decisions", "events", "mails"];

let server: TestConsole;
let browser: Browser;
let page: PatientPage;
let complaints: string[];

beforeAll(async () => {
  server = await crowdedConsole();
  browser = await startBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.stop();
});

beforeEach(async () => {
  const opened = await browser.newPage();
  complaints = [];
  onComplaint(opened, (complaint) => complaints.push(complaint));
  opened.on("dialog", (dialog) => void dialog.accept());
  await opened.setViewport({ width: 1280, height: 900 });
  page = opened;
});

afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

async function open(section: string): Promise<void> {
  await page.goto(`http://localhost:${server.port}/#${section}`);
  await page.waitForSelector(`nav a[href="#${section.replace(/\?.*/, "")}"][aria-current=page]`);
  await page.waitForSelector("main .panel");
}

const inPage = async (expression: string) => String(await page.evaluate(expression));
const until = (expression: string) => page.waitForFunction(expression);
const shows = (selector: string, text: string) =>
  until(
    `document.querySelector(${JSON.stringify(selector)})?.innerText.includes(${JSON.stringify(text)}) === true`,
  );
const press = (name: string) => pressButton(page, name);

/** What a screen reader calls the element that has the focus. */
const FOCUSED = `(() => {
  const { activeElement: one } = document;
  return one.ariaLabel || one.labels?.[0]?.innerText.split("\\n")[0].trim() || one.innerText.split("\\n")[0].trim();
})()`;
const focusOn = (name: string) => until(`${FOCUSED} === ${JSON.stringify(name)}`);

async function tab(): Promise<string> {
  await page.keyboard.press("Tab");
  return inPage(FOCUSED);
}

/** Elements that reach beyond the window, other than in what scrolls by itself. */
const OUTSIDE = `[...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest(".scroller, .cm-editor, .hidden, .skip"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80))`;

test.each([
  [1280, "light"],
  [390, "dark"],
])("nothing is wider than a window of %d pixels, in a %s scheme", async (width, scheme) => {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  for (const section of SECTIONS) {
    await open(section);
    await page.waitForNetworkIdle({ idleTime: 100 });
    expect(await inPage("document.documentElement.scrollWidth")).toBe(`${width}`);
    expect(await page.evaluate(OUTSIDE)).toEqual([]);
    await picture(section, width);
  }
});

async function picture(name: string, width: number): Promise<void> {
  const pictures = process.env["SCREENSHOTS"];
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  const path = `${resolve(pictures, `crowded-${name}-${width}`)}.png` as const;
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height: 1800 } });
}

test("the dialog of a new user fits a phone", async () => {
  await page.setViewport({ width: 390, height: 900 });
  await open("users");
  await press("New user");
  await page.waitForSelector("dialog[open] input[type=checkbox]");
  expect(await page.evaluate(OUTSIDE)).toEqual([]);
  expect(
    await inPage(
      "document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth",
    ),
  ).toBe("0");
  await picture("new-user", 390);
  await page.keyboard.press("Escape");
  await focusOn("New user");
});

test("the matrix keeps its columns in sight next to a long route", async () => {
  await page.setViewport({ width: 390, height: 844 });
  await open("policy");
  await page.waitForSelector(".matrix td");
  expect(
    Number(await inPage("document.querySelector('.matrix td').getBoundingClientRect().left")),
  ).toBeLessThan(300);
  expect(Number(await inPage("document.querySelector('.matrix thead').offsetHeight"))).toBeLessThan(300);
});

test("the oldest of a thousand users is found by a part of the name, and can call", async () => {
  await open("try");
  await shows("main form", `${USERS} users, the newest 200 are listed`);
  await page.locator("main form input[type=search]").fill("oldest@");
  await until(
    `document.querySelector("main form select").selectedOptions[0].innerText === "${OLDEST} (support)"`,
  );
  await shows("main form", `1 of ${USERS} users match`);
  await press("Call");
  // Only here: no API listens behind this console.
  await shows("main .problem", "the API does not answer");
  await focusOn("Call");
  complaints = complaints.filter((text) => !text.includes("502"));
});

test("a link to a user whom the list does not show leads to that user", async () => {
  await open("users");
  await page.locator("main input[type=search]").fill("oldest@");
  await shows(".detail h2", OLDEST);
  await page.locator(".detail ::-p-text(Try a route)").click();
  await shows("main form select", OLDEST);
  await until(
    `document.querySelector("main form select").selectedOptions[0].innerText.startsWith("${OLDEST}")`,
  );
  await page.goBack();
  await shows(".detail h2", LONG.address);
});

test("long lists grow by a button, and a filter looks through all of them", async () => {
  await open("decisions");
  const rows = (count: number) => until(`document.querySelectorAll(".log tbody tr").length === ${count}`);
  await rows(50);
  await press(`Show 50 more of ${CALLS}`);
  await rows(100);
  await page.locator(".filters label:nth-child(3) input").fill("orderid 9101");
  await rows(1);
  await shows("main [role=status]", "1 call fits");
});

test("Tab goes from the top through everything, and stops once in a list, where arrow keys move", async () => {
  await open("users");
  await page.waitForSelector(".detail .toggles");
  const names: string[] = [];
  while (names.at(-1) !== "customers") names.push(await tab());
  const sections = SECTIONS.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`);
  expect(names).toEqual([
    "Skip to the content",
    ...sections,
    "New user",
    "Search users",
    LONG.address,
    "Sign in as",
    "Try a route",
    "Disable",
    "Sign out everywhere",
    "Delete",
    "customers",
  ]);
  await open("events");
  await page.waitForSelector(".list .item");
  while ((await inPage("document.activeElement.className")) !== "item") await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  const at = "[...document.querySelectorAll('.list .item')].indexOf(document.activeElement)";
  expect(await inPage(at)).toBe(`${EVENTS - 1}`);
  await page.keyboard.press("ArrowUp");
  expect(await inPage(at)).toBe(`${EVENTS - 2}`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.list li:nth-child(${EVENTS - 1}) [aria-current=true]`);
});

test("Tab reaches a list from which a filter took the chosen event", async () => {
  await open("events?event=200");
  await choose(page, "main select", "httpAuthorizer");
  await until("document.querySelectorAll('.list .item').length === 100");
  while ((await tab()) !== "Copy the event") {
    if ((await inPage("document.activeElement.className")) === "item") return;
  }
  throw new Error("Tab passed the list");
});

test("the skip link leads to the content", async () => {
  await open("mails");
  expect(await tab()).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await until("document.activeElement.id === 'main'");
});

test("the focus stays near an action that removes what had it", async () => {
  await open("users");
  await press("New user");
  await page.locator("dialog input[name=name]").fill("short-lived@example.com");
  await page.locator("dialog button.primary").click();
  await shows(".detail h2", "short-lived@example.com");
  await focusOn("New user");
  await press("Disable");
  await focusOn("Enable");
  await page.locator(".detail button.danger").click();
  await shows(".toast", "short-lived@example.com deleted");
  await until("document.activeElement === document.querySelector('main')");
  await page.locator(`::-p-aria([name="Delete group team-7"])`).click();
  await shows(".toast", "Group team-7 deleted");
  await focusOn("Groups");
});

test("Save has the focus still when nothing is left to save", async () => {
  await open("policy");
  await page.locator(".cm-content").click();
  await page.keyboard.type("# a comment\n");
  await page.waitForSelector(".editing .primary[aria-disabled=false]");
  await press("Save");
  await page.waitForSelector(".editing .primary[aria-disabled=true]");
  await focusOn("Save");
});
