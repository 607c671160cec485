import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, SerializedAXNode } from "puppeteer-core";
import { loadPolicy } from "../../src/policy/load.ts";
import { type Access, accessOf, describeAccess } from "../../src/tools/access/access.ts";
import { accessHolders } from "../../src/tools/access/access-holders.ts";
import { NOTHING } from "../../src/tools/access/holdings.ts";
import { namedSubjects } from "../../src/tools/access/named-subjects.ts";
import { startBrowser } from "../support/chromium.ts";
import { largePolicy } from "../support/large-policy.ts";
import { CONTRASTS } from "../support/page-contrasts.ts";
import { choose, focus, onComplaint, type PatientPage } from "../support/patient-page.ts";
import { MODEL } from "../support/policy.ts";
import { pageOf } from "../support/report-page.ts";

// The page of a policy that is too large to have an element for each cell. SCREENSHOTS names a folder for pictures.

const HOSTILE = `
g, "group:</script><script>document.title=1</script>", role:team-0
g, "group:""><img/src=x/onerror=document.title=2>", role:team-1
p, "group:<!--<script>", thing-1:read, allow
p, group:__proto__, thing-2:read, allow
g2, GET /health, public
p3, client:web, *
p3, client:partner, thing-1:read, api/<i>
`;
const ROLES = 60;
const ROUTES = 151;
const CSV = largePolicy({ roles: ROLES, routes: ROUTES - 1, rows: 4_000 }) + HOSTILE;
const POLICY = loadPolicy({ model: MODEL, rows: [{ path: "policies/test.csv", text: CSV }] });
const HOLDERS = accessHolders(POLICY);
const UNTESTED = Array.from({ length: 250 }, (_, n) => ({
  file: "policies/test.csv",
  line: n + 1,
  row: `p, role:team-${n}, thing-${n}:read, allow`,
}));

let folder: string;
let browser: Browser;
let page: PatientPage;
let complaints: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-large-"));
  const coverage = { passed: 1, failed: 0, covered: 1, total: 251, percent: 0.4, uncovered: UNTESTED };
  writeFileSync(join(folder, "large.html"), pageOf(CSV, coverage));
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

async function open({ width = 1280, height = 900, hash = "" } = {}): Promise<void> {
  await page.setViewport({ width, height });
  await page.goto(pathToFileURL(join(folder, "large.html")).href + hash);
}

/** A value of the page; what runs there is no TypeScript, since the project has no types of a browser. */
async function inPage<T>(expression: string): Promise<T> {
  return (await page.evaluate(expression)) as T;
}

const textsOf = (selector: string) =>
  inPage<readonly string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`,
  );
const textOf = async (selector: string) => (await textsOf(selector))[0] ?? "";
const count = (selector: string) => inPage<number>(`document.querySelectorAll('${selector}').length`);
const active = () =>
  inPage<{ row: number; column: number; text: string } | null>(`(() => {
    const cell = document.getElementById(document.activeElement.getAttribute("aria-activedescendant") ?? "none");
    return cell && { row: Number(cell.parentElement.getAttribute("aria-rowindex")),
      column: Number(cell.getAttribute("aria-colindex")), text: cell.textContent };
  })()`);
const press = async (...keys: readonly ("ArrowDown" | "ArrowRight" | "PageDown" | "Home" | "End")[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** The cells of the window: of each route the subjects of each column, and what its cell says. */
const WINDOW = `(() => {
  const heads = [...document.querySelectorAll("#matrix thead th")].slice(1).map((one) => ({
    at: one.getAttribute("aria-colindex"), name: one.title.split(", ")[0] }));
  return [...document.querySelectorAll("#matrix tbody tr")].flatMap((row) => [...row.cells].slice(1).map((cell, index) => ({
    route: row.cells[0].firstChild.textContent, row: Number(row.getAttribute("aria-rowindex")),
    subject: heads[index].name, column: Number(cell.getAttribute("aria-colindex")),
    aligned: heads[index].at === cell.getAttribute("aria-colindex"), kind: cell.className || "none", words: cell.textContent })));
})()`;

/** How far the last row and the last column are from the end of what can be scrolled. */
const BEYOND = `(() => {
  const [canvas, table] = ["canvas", "matrix"].map((id) => document.getElementById(id).getBoundingClientRect());
  return [canvas.bottom - table.bottom, canvas.right - table.right].map(Math.round).map(Math.abs);
})()`;

interface Cell {
  readonly route: string;
  readonly row: number;
  readonly subject: string;
  readonly column: number;
  readonly aligned: boolean;
  readonly kind: string;
  readonly words: string;
}

/** Scrolls through all of the matrix: each cell that any window shows, and the most that one shows. */
async function scrollThrough(): Promise<{ readonly cells: readonly Cell[]; readonly most: number }> {
  return inPage(`(async () => {
    const scroller = document.getElementById("canvas").parentElement;
    const [down, across] = [scroller.clientHeight - 176, scroller.clientWidth - 272];
    const cells = new Map();
    let most = 0;
    for (let y = 0; y < scroller.scrollHeight; y += down) {
      for (let x = 0; x < scroller.scrollWidth; x += across) {
        scroller.scrollTo(x, y);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const shown = ${WINDOW};
        most = Math.max(most, shown.length);
        for (const cell of shown) cells.set(cell.row + " " + cell.column, cell);
      }
    }
    return { cells: [...cells.values()], most };
  })()`);
}

const accessIn = (route: string, subject: string): Access =>
  accessOf(POLICY, route, HOLDERS.find((one) => one.subject === subject)?.held ?? NOTHING);

describe("the report page of a large policy in a browser", () => {
  test("runs nothing that a policy says, and shows it as it is spelled", async () => {
    await open();
    expect(await page.title()).toBe("Access report: service/policies");
    expect(await count("script, img, #routes b")).toBe(1);
    await page.locator("#filter-holder").fill("<script>");
    expect(await inPage<string>("document.querySelector('#matrix thead th:last-child').title")).toBe(
      "group:<!--<script>",
    );
    await page.locator("#filter-route").fill("thing-1:read");
    await page.locator("#routes summary").click();
    await page.waitForSelector("#routes details[open] td");
    expect(await textsOf("#routes td:nth-child(2)")).toContain("group:<!--<script>");
    expect(await page.title()).toBe("Access report: service/policies");
  });

  test("draws a window of the matrix, and shows each cell as it is decided once one scrolls there", async () => {
    await open();
    const { cells, most } = await scrollThrough();
    expect(most).toBeLessThan(2_000);
    expect(await inPage<readonly number[]>(BEYOND)).toEqual([0, 0]);
    expect(cells.filter(({ aligned }) => !aligned)).toEqual([]);
    const [rows, columns] = [
      new Set(cells.map(({ row }) => row)),
      new Set(cells.map(({ column }) => column)),
    ];
    expect(rows.size).toBe(ROUTES);
    expect(cells.length).toBe(rows.size * columns.size);
    expect(await inPage<string>("document.getElementById('matrix').ariaColCount")).toBe(
      String(columns.size + 1),
    );
    const seen = new Set<string>();
    for (const cell of cells) {
      const access = accessIn(cell.route, cell.subject);
      seen.add(access.kind);
      const words = access.kind === "none" ? "" : describeAccess(access);
      expect([cell.route, cell.subject, cell.kind, cell.words]).toEqual([
        ...[cell.route, cell.subject],
        ...[access.kind, words],
      ]);
    }
    expect([...seen].sort()).toEqual(["allowed", "conditional", "denied", "none", "public"]);
  });

  test("finds all that a filter asks for, drawn or not", async () => {
    await open();
    expect(await textOf("#filter-result")).toBe(
      `all ${ROUTES} routes, all ${namedSubjects(POLICY).size} subjects, all 1 finding, all 250 rows without a test`,
    );
    await page.locator("#filter-route").fill("things-14");
    await page.locator("#filter-holder").fill("team-2");
    expect(await textOf("#filter-result")).toMatch(
      /^11 of 151 routes, 1 of \d+ subjects, 0 of 1 finding, 0 of/,
    );
    expect(await textsOf("#routes details .name")).toEqual(await textsOf("#matrix tbody a"));
    expect(await textsOf("#matrix thead .one")).toEqual(["role:team-2"]);
    // With those that have it as a role.
    expect(await textsOf("#roles-table tbody th")).toEqual([
      "role:team-2",
      "role:team-3",
      "group:staff-2",
      "group:staff-3",
    ]);
    await page.locator("#filter button[type=reset]").click();
    await page.waitForFunction("document.getElementById('filter-result').textContent.startsWith('all 151')");
    await choose(page, "#filter-access", "public");
    expect(await textsOf("#matrix tbody a")).toEqual(["GET /health"]);
    await page.locator("#filter-route").fill("nothing of the kind");
    expect(await count("#matrix tbody tr")).toBe(0);
    await page.locator("#no-match button").click();
    await page.waitForFunction("document.getElementById('filter-result').textContent.startsWith('all 151')");
  });

  test("moves through the whole matrix by keyboard, and opens the route of a cell", async () => {
    await open();
    await focus(page, "#matrix");
    await press("ArrowDown", "ArrowRight", "ArrowRight");
    expect(await active()).toMatchObject({ row: 3, column: 3 });
    await press("End", "PageDown", "PageDown", "PageDown");
    const far = await active();
    expect(far?.column).toBe(await inPage<number>("Number(document.getElementById('matrix').ariaColCount)"));
    expect(far?.row).toBeGreaterThan(20);
    await page.keyboard.down("Control");
    await press("End");
    await page.keyboard.up("Control");
    expect((await active())?.row).toBe(ROUTES + 1);
    await press("Home", "ArrowDown");
    const last = await active();
    expect(last).toMatchObject({ row: ROUTES + 1, column: 1 });
    await page.keyboard.press("Enter");
    await page.waitForSelector("details.route[open] td");
    const opened = await textOf("details.route[open] summary");
    expect(last?.text.startsWith(opened.split(" ").slice(0, 2).join(" "))).toBe(true);
    expect(await textOf(":focus")).toBe(opened);
  });

  test("keeps the focus where the active cell is scrolled away, and goes back to it", async () => {
    await open();
    await focus(page, "#matrix");
    await press("ArrowDown", "ArrowRight");
    await inPage("document.getElementById('canvas').parentElement.scrollTo(0, 9000)");
    await page.waitForFunction("!document.getElementById('matrix').hasAttribute('aria-activedescendant')");
    await press("ArrowRight");
    expect(await active()).toMatchObject({ row: 3, column: 3 });
  });

  test("leads by a link from outside to a route that is not drawn yet", async () => {
    await open({ hash: `#route-${ROUTES - 1}` });
    await page.waitForSelector(`#route-${ROUTES - 1}[open] td`);
    await page.waitForSelector(`#route-${ROUTES - 1} summary:focus`);
  });

  test("says of a route what the matrix says, and by which rows", async () => {
    await open({ hash: "#route-7" });
    await page.waitForSelector("#route-7[open] td");
    const route = await textOf("#route-7 .name");
    for (const kind of ["allowed", "conditional", "denied"] as const) {
      const chips = await inPage<readonly string[]>(
        `[...document.querySelectorAll("#route-7 .chip.${kind}")].map((one) => one.firstChild.textContent)`,
      );
      const holders = HOLDERS.map(({ subject }) => subject as string);
      const expected = holders.filter((one) => accessIn(route, one).kind === kind);
      expect([...chips].sort()).toEqual(expected.sort());
    }
    const covering = POLICY.routeEntries.get(route)?.covering ?? new Set();
    const rows = POLICY.decisionRows.filter(({ permission }) => covering.has(permission));
    const places = await textsOf("#route-7 tbody td:last-child");
    expect([...places].sort()).toEqual(rows.map(({ file, line }) => `${file}:${line}`).sort());
  });

  test("opens all routes that are shown, not all that there are", async () => {
    await open();
    const closed = await count("*");
    await page.locator("[data-open=true]").click();
    await page.waitForSelector("#routes details:last-child[open] td");
    expect(await count("#routes details[open]")).toBe(40);
    expect(await count("*")).toBeLessThan(closed + 40 * 450);
    await page.locator("[data-open=false]").click();
    await page.waitForFunction("document.querySelectorAll('#routes td').length === 0");
    await page.locator("#routes-section > .show-more").click();
    expect(await count("#routes details")).toBe(80);
  });

  test("shows more of a long list when asked, with the focus on what is new", async () => {
    await open();
    expect(await count("#coverage-section tbody tr")).toBe(100);
    await page.locator("#coverage-section .show-more").click();
    expect(await count("#coverage-section tbody tr")).toBe(200);
    expect(await textOf(":focus")).toContain(UNTESTED[100]?.row ?? "none");
    await page.locator("#coverage-section .show-more").click();
    expect(await count("#coverage-section tbody tr")).toBe(250);
    expect(await count("#coverage-section .show-more[hidden]")).toBe(1);
  });

  test("is a grid that knows its size, with headers and words, to a screen reader", async () => {
    await open();
    const grid = all(await page.accessibility.snapshot({ interestingOnly: false })).find(
      ({ role }) => role === "grid",
    );
    expect(grid?.name).toBe("Who may call what");
    expect(await inPage<string>("document.getElementById('matrix').ariaRowCount")).toBe(String(ROUTES + 1));
    const nodes = all(grid ?? null);
    const named = (role: string) => nodes.filter((node) => node.role === role).map(({ name }) => name ?? "");
    expect(named("columnheader")).toContain("role:team-2 group:staff-2");
    expect(named("rowheader")).toContain("GET /health public");
    const cells = new Set(named("gridcell"));
    expect([...cells]).toEqual(expect.arrayContaining(["allowed", "denied", "not granted"]));
  });

  test("prints what fits on paper, and says so where it does not", async () => {
    await open();
    await inPage("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMediaType("print");
    expect(await textOf("#not-printed:not([hidden])")).toContain("too large for paper");
    await inPage("dispatchEvent(new Event('afterprint'))");
    await page.emulateMediaType("screen");
    await page.locator("#filter-route").fill("things-14");
    await inPage("dispatchEvent(new Event('beforeprint'))");
    expect(await count("#not-printed[hidden]")).toBe(1);
    const columns = await inPage<number>("Number(document.getElementById('matrix').ariaColCount)");
    expect(await count("#matrix tbody td")).toBe(11 * (columns - 1));
    await inPage("dispatchEvent(new Event('afterprint'))");
    expect(await count("#matrix tbody td")).toBeLessThan(11 * (columns - 1));
  });

  test("draws all cells for the search of the browser when asked, and says what that takes", async () => {
    await open();
    expect(await textOf(".whole")).toMatch(/^Draw all [\d,]+ cells .* about [\d,]+ MB of memory\.$/);
    await page.locator("#filter-route").fill("things-14");
    await page.locator("#whole").click();
    const columns = await inPage<number>("Number(document.getElementById('matrix').ariaColCount)");
    expect(await count("#matrix tbody td")).toBe(11 * (columns - 1));
  });

  test("names the subjects of a route without its script", async () => {
    await page.setJavaScriptEnabled(false);
    await open();
    expect(await count("noscript tbody tr")).toBe(ROUTES);
    expect(await textOf("noscript")).toContain("claimgate matrix --rows routes");
    expect(await inPage<boolean>("document.getElementById('filter').checkVisibility()")).toBe(false);
  });

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [400, "light"],
    [400, "dark"],
  ])("fits a window %d pixels wide in a %s scheme, with the contrast of WCAG AA", async (width, value) => {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    await open({ width, hash: "#route-7" });
    await page.waitForSelector("#route-7[open] td");
    expect(await inPage<number>("document.documentElement.scrollWidth")).toBe(width);
    const ratios = await inPage<readonly { text: string; ratio: number }[]>(CONTRASTS);
    expect(ratios.length).toBeGreaterThan(40);
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    const pictures = process.env["SCREENSHOTS"];
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await inPage("scrollTo(0, 0)");
    await page.screenshot({ path: `${resolve(pictures, `large-report-${width}-${value}`)}.png` });
  });
});

function all(node: SerializedAXNode | null): SerializedAXNode[] {
  return node === null ? [] : [node, ...(node.children ?? []).flatMap(all)];
}
