import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "puppeteer-core";
import { objectsOf, textsOf } from "../../src/json.ts";
import { bundlePage } from "../../src/tools/local/console/page-files.ts";
import { startBrowser } from "../support/chromium.ts";
import { TestConsole } from "../support/console.ts";
import { largePolicy } from "../support/large-policy.ts";
import { onComplaint, type PatientPage, pressButton } from "../support/patient-page.ts";
import { testPool } from "../support/user-pool.ts";

// The console on a policy with more routes and groups than a page can draw. SCREENSHOTS names a folder for pictures.

const ROLES = 200;
const ROUTES = 400;

let server: TestConsole;
let browser: Browser;
let page: PatientPage;
let complaints: string[];

beforeAll(async () => {
  server = new TestConsole(testPool({}), 1, bundlePage());
  const rows = largePolicy({ roles: ROLES, routes: ROUTES, rows: 8_000 });
  writeFileSync(join(server.policies, "large.csv"), rows);
  await server.start();
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
  await opened.setViewport({ width: 1280, height: 900 });
  page = opened;
  await page.goto(`http://localhost:${server.port}/#policy`);
  await page.waitForSelector(".matrix td");
});

afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

const count = async (selector: string) =>
  Number(await page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`));
const until = (selector: string, expected: number) =>
  page.waitForFunction(`document.querySelectorAll(${JSON.stringify(selector)}).length === ${expected}`);
const textOf = async (selector: string) =>
  String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent`));
const search = (name: string) => page.locator(`::-p-aria([name="${name}"][role="searchbox"])`);

const ROWS = ".matrix tbody tr";
const COLUMNS = ".matrix thead .subject";

test("the page draws the first routes and subjects, and more of each on request", async () => {
  expect([await count(ROWS), await count(COLUMNS)]).toEqual([50, 50]);
  expect(await count("body *")).toBeLessThan(6_000);
  const { json } = await server.get("/api/matrix");
  const groups = textsOf(json["columns"]).filter((subject) => subject.startsWith("group:")).length;
  const routes = objectsOf(json["rows"]).length;
  expect([groups > ROLES, routes > ROUTES]).toEqual([true, true]);
  await pressButton(page, `Show 50 more of ${groups} subjects`);
  await until(COLUMNS, 100);
  expect(await count(ROWS)).toBe(50);
  await pressButton(page, `Show 50 more of ${routes} routes`);
  await until(ROWS, 100);
});

test("a search finds the cell of one route and one group, and says what may be called", async () => {
  await search("Route or permission").fill("thing-399:read");
  await until(ROWS, 1);
  await search("Subject").fill("STAFF-137");
  await until(COLUMNS, 1);
  expect(await textOf(COLUMNS)).toBe("staff-137");
  // The words are there for screen readers; the sign is drawn.
  expect(["allowed", "not granted", "denied"]).toContain(await textOf(".matrix td"));
  expect(await page.evaluate(`getComputedStyle(document.querySelector(".matrix td")).fontSize`)).toBe("0px");
  await picture("large-matrix-found");
});

test("a search that nothing fits says so, and shows all again", async () => {
  await search("Subject").fill("nobody-has-this-name");
  await page.waitForFunction(`document.body.innerText.includes("No subject fits the search.")`);
  await pressButton(page, "Show all");
  await until(COLUMNS, 50);
});

test("a search that only the chosen kind of column has can be taken back after another is chosen", async () => {
  await search("Subject").fill("staff-137");
  await until(COLUMNS, 1);
  await page.locator(`::-p-aria([name="Roles"][role="radio"])`).click();
  await page.waitForFunction(`document.body.innerText.includes("No subject fits the search.")`);
  await search("Subject").fill("team-137");
  await until(COLUMNS, 1);
});

test("findings are drawn a part at a time", async () => {
  await until(".findings li", 50);
  expect(await textOf(".findings h3")).toMatch(/^\d{3,} findings$/);
});

test("on a phone, the fields of the search are as wide as the page", async () => {
  await page.setViewport({ width: 390, height: 900 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  await picture("large-matrix-phone");
});

async function picture(name: string): Promise<void> {
  const pictures = process.env["SCREENSHOTS"];
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.evaluate(`document.querySelector(".matrix").closest(".panel").scrollIntoView()`);
  await page.screenshot({ path: `${resolve(pictures, name)}.png` as const });
}
