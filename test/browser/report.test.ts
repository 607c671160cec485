import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, SerializedAXNode } from "puppeteer-core";
import { startBrowser } from "../support/chromium.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import { CONTRASTS } from "../support/page-contrasts.ts";
import { choose, focus, onComplaint, type PatientPage } from "../support/patient-page.ts";
import { samplePolicy } from "../support/policy.ts";
import { pageOf } from "../support/report-page.ts";

// The page of `claimgate report` in a real browser. SCREENSHOTS names a folder for pictures of it.

const HOSTILE = `
g, group:<script>document.title=1</script>, role:viewer
g, "group:""><img/src=x/onerror=document.title=2>", role:viewer
g, group:staff, role:viewer
p, role:viewer, orders:read, allow, {userId}=sub
p, group:staff, orders:read, deny
p, role:authenticated, orders:list, allow
g2, GET /orders/{userId}, orders:read
g2, GET /orders, orders:list
g2, DELETE /orders, orders:delete
g2, GET /health, public
`;

/** Twenty teams, each with its group, its role and its route, and groups that hold nothing. */
const LARGE = Array.from(
  { length: 20 },
  (_, n) =>
    `g, group:team${n}, role:team${n}\np, role:team${n}, r${n}:read, allow\ng2, GET /r${n}, r${n}:read\n`,
);
const IDLE = Array.from({ length: 13 }, (_, n) => `p, group:idle${n}, unused:read, allow\n`);
const LARGE_HOLDERS = 2 * LARGE.length + IDLE.length;

const { routes, directRoles, decisionRows } = samplePolicy();
const ROUTES = routes.names.size;
const HOLDERS = new Set([
  ...[...directRoles].flatMap(([member, roles]) => [member, ...roles]),
  ...decisionRows.map(({ subject }) => subject),
]).size;

let folder: string;
let browser: Browser;
let page: PatientPage;
let complaints: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-browser-"));
  writeFileSync(
    join(folder, "hostile.html"),
    pageOf(HOSTILE, { passed: 4, failed: 1, covered: 1, total: 3, percent: 33.3, uncovered: [] }),
  );
  const untested = [1, 10].map((n) => ({
    file: "policies/test.csv",
    line: n,
    row: `p, role:team${n}, r${n}:read, allow`,
  }));
  writeFileSync(
    join(folder, "large.html"),
    pageOf([...LARGE, ...IDLE].join(""), {
      passed: 1,
      failed: 0,
      covered: 1,
      total: 3,
      percent: 33.3,
      uncovered: untested,
    }),
  );
  const run = await runClaimgate(["report", "-o", join(folder, "sample.html")]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  browser = await startBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await browser.newPage();
  complaints = [];
  onComplaint(page, (complaint) => complaints.push(complaint));
  page.on("request", (request) => {
    if (!request.url().startsWith("file://")) complaints.push(`asked for ${request.url()}`);
  });
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

async function open(name: "hostile" | "large" | "sample", width = 1280, height = 900): Promise<void> {
  await page.setViewport({ width, height });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
}

/** A value of the page; what runs there is no TypeScript, since the project has no types of a browser. */
async function inPage<T>(expression: string): Promise<T> {
  return (await page.evaluate(expression)) as T;
}

/** Something of every element that a selector finds. */
const ofAll = <T>(selector: string, expression: string) =>
  inPage<readonly T[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => ${expression})`,
  );
const textsOf = (selector: string) => ofAll<string>(selector, "one.textContent");
const attributesOf = (selector: string, name: string) =>
  ofAll<string>(selector, `one.getAttribute("${name}")`);
const areVisible = (selector: string) => ofAll<boolean>(selector, "one.checkVisibility()");

/** The routes whose rows are shown. */
const shownRoutes = () => textsOf("#matrix tbody tr:not([hidden]) th a");
/** How many columns the shown cells of each shown row span. */
const widths = () =>
  ofAll<number>(
    "#matrix tbody tr:not([hidden])",
    "[...one.cells].slice(1).filter((cell) => !cell.hidden).reduce((sum, cell) => sum + cell.colSpan, 0)",
  );
const shownHolders = () =>
  attributesOf("#matrix thead th:not([hidden]) [data-holder]:not([hidden])", "data-holder");
const result = async () => (await textsOf("#filter-result"))[0];
const focused = () =>
  inPage<string>("document.activeElement.id || document.activeElement.textContent.trim()");

async function tabTo(id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused()) === id) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${id}`);
}

describe("the report page in a browser", () => {
  test("runs nothing that a policy says", async () => {
    await open("hostile");
    expect(await page.title()).toBe("Access report: service/policies");
    expect(await textsOf("script, img")).toHaveLength(1);
    expect(await shownHolders()).toContain("group:<script>document.title=1</script>");
  });

  test("filters routes and subjects as one types, and says aloud what is left", async () => {
    await open("sample");
    expect(await result()).toBe(`all ${ROUTES} routes, all ${HOLDERS} subjects`);
    await tabTo("filter-route");
    await page.keyboard.type("orders POST");
    expect(await shownRoutes()).toEqual(["POST /orders", "POST /orders/{orderId}/refund"]);
    await page.keyboard.press("Tab");
    await page.keyboard.type("role:cust");
    expect(await shownHolders()).toEqual(["role:customer"]);
    expect(await result()).toBe(`2 of ${ROUTES} routes, 1 of ${HOLDERS} subjects`);
    expect(await attributesOf("#filter-result", "aria-live")).toEqual(["polite"]);
    const cells = "#matrix tbody tr:not([hidden]) td:not([hidden])";
    expect(await attributesOf(cells, "class")).toEqual(["allowed", null]);
  });

  test("takes a whole name for the one that is meant, and hides the routes of the other parts too", async () => {
    await open("sample");
    await page.locator("#filter-holder").fill("support");
    expect([...(await shownHolders())].sort()).toEqual(["group:support", "role:support"]);
    await page.locator("#filter-route").fill("orders POST");
    const parts = await textsOf("details.route:not([hidden]) .name");
    expect(parts).toEqual(await shownRoutes());
  });

  test("finds each name of a shared column, and keeps a gap as wide as the columns that it spans", async () => {
    await open("large");
    const all = await widths();
    expect(new Set(all)).toEqual(new Set([LARGE.length + 1]));
    await page.locator("#filter-holder").fill("team7");
    expect(await shownHolders()).toEqual(["role:team7", "group:team7"]);
    expect(new Set(await widths())).toEqual(new Set([1]));
    await choose(page, "#filter-kind", "group");
    expect(await shownHolders()).toEqual(["group:team7"]);
    await page.locator("#filter button[type=reset]").click();
    await page.waitForFunction("document.querySelectorAll('#matrix thead th[hidden]').length === 0");
    expect(await widths()).toEqual(all);
  });

  test("says of a column how many names it shares beyond those that fit", async () => {
    await open("large");
    const [idle] = await ofAll<string>("#matrix thead th:has(.more)", "one.innerText");
    expect(idle).toMatch(/and 9 more$/);
    expect(idle?.match(/group:idle/g)).toHaveLength(4);
    await page.locator("#filter-holder").fill("idle12");
    expect(await ofAll<string>("#matrix thead th:has(.more)", "one.innerText.trim()")).toEqual([
      "group:idle12",
    ]);
    expect(await areVisible(".more")).toEqual([false]);
  });

  test("filters the roles, the drawing, the findings and the rows without a test too", async () => {
    await open("large");
    const height = await attributesOf(".drawing svg", "height");
    await page.locator("#filter-holder").fill("team1");
    expect(await attributesOf("#roles-section tbody tr:not([hidden])", "data-holder")).toEqual([
      "role:team1",
      "group:team1",
    ]);
    const nodes = await attributesOf(".drawing .node:not([hidden])", "data-holder");
    expect(nodes).toEqual(["group:team1", "role:team1"]);
    expect(await ofAll<number>(".drawing .edge:not([hidden])", "1")).toEqual([1]);
    expect(Number((await attributesOf(".drawing svg", "height"))[0])).toBeLessThan(Number(height[0]) / 5);
    expect(
      await textsOf(
        "#coverage-section tbody tr:not([hidden]) th, #coverage-section tr:not([hidden]) td:first-child",
      ),
    ).toEqual(["p, role:team1, r1:read, allow"]);
    expect(await textsOf("#findings-section tbody tr:not([hidden])")).toEqual([]);
    expect(await result()).toBe(
      `all 20 routes, 2 of ${LARGE_HOLDERS} subjects, 0 of 1 finding, 1 of 2 rows without a test`,
    );
    await page.locator("#filter button[type=reset]").click();
    await page.waitForFunction("document.querySelectorAll('#roles-section tr[hidden]').length === 0");
    expect(await attributesOf(".drawing svg", "height")).toEqual(height);
  });

  test("filters by kind of subject and by access", async () => {
    await open("sample");
    await choose(page, "#filter-kind", "group");
    expect((await shownHolders()).every((holder) => holder.startsWith("group:"))).toBe(true);
    await choose(page, "#filter-access", "conditional");
    expect(await shownRoutes()).toEqual(["GET /tenants/{tenantId}/orders", "GET /users/{userId}/orders"]);
    await choose(page, "#filter-access", "nobody");
    expect(await shownRoutes()).toEqual(["POST /reports/exports"]);
  });

  test("says so where nothing matches, and leads back", async () => {
    await open("sample");
    await page.locator("#filter-route").fill("nothing of the kind");
    expect(await shownRoutes()).toEqual([]);
    await page.locator("#no-match button").click();
    await page.waitForFunction(
      `document.querySelectorAll('#matrix tbody tr:not([hidden])').length === ${ROUTES}`,
    );
    expect(await focused()).toBe("filter-route");
    expect(await result()).toBe(`all ${ROUTES} routes, all ${HOLDERS} subjects`);
  });

  test("is used by keyboard: skip link, filter, a route's link, its details", async () => {
    await open("sample");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the report");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("main");
    await tabTo("POST /orders");
    await page.keyboard.press("Enter");
    await page.waitForSelector("details.route[open]");
    const [opened] = await textsOf("details.route[open] summary");
    expect(opened).toMatch(/^POST \/orders orders:create/);
    expect(await focused()).toBe(opened?.trim());
    await page.keyboard.press("Enter");
    await page.waitForSelector("details.route[open]", { hidden: true });
  });

  test("scrolls a wide table by the arrow keys, the routes staying in sight", async () => {
    await open("sample", 390, 844);
    await focus(page, "#matrix-section .scroller");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction("document.querySelector('#matrix-section .scroller').scrollLeft > 0");
    const [left] = await ofAll<number>("#matrix tbody th", "one.getBoundingClientRect().left");
    expect(left).toBeLessThan(40);
    expect(left).toBeGreaterThanOrEqual(0);
  });

  test("is a table with headers and words to a screen reader", async () => {
    await open("hostile");
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const nodes = all(tree);
    const named = (role: string) => nodes.filter((node) => node.role === role).map(({ name }) => name);
    expect(named("rowheader")).toContain("GET /orders/{userId} orders:read");
    expect(named("columnheader")).toEqual(
      expect.arrayContaining(["Route and permission", "role:authenticated", "group:staff"]),
    );
    expect(named("cell")).toEqual(
      expect.arrayContaining(["allowed", "if {userId}=sub", "denied", "not granted", "open to everyone"]),
    );
    expect(named("table")).toContain("Routes and who may call them");
    expect(named("image")).toEqual([expect.stringContaining("the table below has the same")]);
    for (const role of ["searchbox", "combobox", "region", "navigation", "search"]) {
      expect(named(role).length).toBeGreaterThan(0);
      expect(named(role).filter((name) => name === undefined || name === "")).toEqual([]);
    }
    const headings = nodes.filter(({ role }) => role === "heading").map(({ level }) => level);
    expect(headings).toEqual([1, 2, 2, 2, 2, 2]);
  });

  test.each(["light", "dark"])("has the contrast of WCAG AA in a %s scheme", async (value) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    await open("hostile");
    await page.locator("[data-open=true]").click();
    const ratios = await inPage<readonly { text: string; ratio: number }[]>(CONTRASTS);
    expect(ratios.length).toBeGreaterThan(40);
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  test.each([1280, 390])("fits a window %d pixels wide", async (width) => {
    await open("sample", width, width === 390 ? 844 : 900);
    await page.locator("[data-open=true]").click();
    expect(await inPage<number>("document.documentElement.scrollWidth")).toBe(width);
    const pictures = process.env["SCREENSHOTS"];
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: `${resolve(pictures, `report-${width}`)}.png`, fullPage: true });
  });

  test("prints all of it, and nothing that is of no use on paper", async () => {
    await open("sample");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMediaType("print");
    expect(await textsOf("details:not([open])")).toEqual([]);
    expect(await areVisible("#filter")).toEqual([false]);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await textsOf("details[open]")).toEqual([]);
  });

  test("shows everything without its script, and no control that would do nothing", async () => {
    await page.setJavaScriptEnabled(false);
    await open("sample");
    expect(await shownRoutes()).toHaveLength(ROUTES);
    expect(await areVisible("#filter, .tools")).toEqual([false, false]);
  });
});

function all(node: SerializedAXNode | null): SerializedAXNode[] {
  return node === null ? [] : [node, ...(node.children ?? []).flatMap(all)];
}
