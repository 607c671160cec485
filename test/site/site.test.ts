import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import { join, posix, resolve } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { linkedFileViews } from "../../docs-site/file-views.ts";
import { writtenPages } from "../../docs-site/repository.ts";
import { fileView, PLAYGROUND, sitePage } from "../../docs-site/site-links.ts";
import { stateOf } from "../../src/tools/playground/state/link.ts";
import { startBrowser } from "../support/chromium.ts";
import { onComplaint } from "../support/patient-page.ts";
import { serveSite } from "../support/site-server.ts";

// What `npm run --prefix docs-site build` made of the pages. SCREENSHOTS names a folder for pictures of them.

const DIST = "docs-site/dist";
const files = readdirSync(DIST, { recursive: true, encoding: "utf8" });
const pages = files.filter((file) => file.endsWith(".html"));
const htmlOf = new Map(pages.map((page) => [page, readFileSync(join(DIST, page), "utf8")]));

/** What is between the quotes of an attribute, with the entities of HTML read. */
const attributes = (html: string, pattern: RegExp) =>
  Array.from(html.matchAll(pattern), ([, value = ""]) => value.replaceAll("&amp;", "&"));

describe("the built site", () => {
  it("has every page and every file that pages link to", () => {
    const expected = [
      ...writtenPages().map((page) => sitePage(page) ?? page),
      ...linkedFileViews().map(({ file }) => fileView(file)),
    ];
    expect(
      expected.map((page) => page.replace(/\.md$/, ".html")).filter((page) => !htmlOf.has(page)),
    ).toEqual([]);
    expect(htmlOf.has("404.html")).toBe(true);
  });

  it("has no link that leads nowhere, and no anchor that is missing", () => {
    const dead: string[] = [];
    for (const [page, html] of htmlOf) {
      for (const href of attributes(html, /<a [^>]*?href="([^"]+)"/g)) {
        if (/^(https?|mailto):/.test(href)) continue;
        const [path = "", anchor] = href.split("#");
        const target = path === "" ? page : posix.join(posix.dirname(`/${page}`), path).slice(1);
        if (path.startsWith("/") ? !leads(path.slice(1), anchor) : !leads(target, anchor))
          dead.push(`${page}: ${href}`);
      }
    }
    expect(dead).toEqual([]);
  });

  it("names pages by their titles where the repository names files", () => {
    const texts = [...htmlOf.values()].flatMap((html) => attributes(html, /<a [^>]*>([^<]*)<\/a>/g));
    expect(texts).toContain("The policy language");
    expect(texts.filter((text) => /^[\w/-]+\.md$/.test(text))).toEqual([]);
  });

  it("loads nothing from another site", () => {
    const loads = [...htmlOf.values()].flatMap((html) => [
      ...attributes(html, /<(?:script|img|source|iframe|video|audio)[^>]*? src(?:set)?="([^"]+)"/g),
      ...attributes(html, /<link [^>]*?href="([^"]+)"/g),
    ]);
    const styles = files
      .filter((file) => file.endsWith(".css"))
      .flatMap((file) => attributes(readFileSync(join(DIST, file), "utf8"), /url\(["']?([^)"']+)/g));
    expect(loads.length).toBeGreaterThan(500);
    expect([...loads, ...styles].filter((url) => /^(https?:)?\/\//.test(url))).toEqual([]);
  });

  it("has each page as Markdown, and llms.txt that leads to it", () => {
    const links = attributes(readFileSync(join(DIST, "llms.txt"), "utf8"), /\]\(\/([^)]+)\)/g);
    expect(links.length).toBeGreaterThan(150);
    expect(links.filter((link) => !existsSync(join(DIST, link)))).toEqual([]);
    expect(readFileSync(join(DIST, "policies.html.md"), "utf8")).toBe(
      readFileSync("docs/policies.md", "utf8"),
    );
    expect(readFileSync(join(DIST, "llms-full.txt"), "utf8")).toContain("# The policy language");
  });
});

/** Whether a path of the site is a page, and has the element that a link names. */
function leads(path: string, anchor: string | undefined): boolean {
  const html = htmlOf.get(decodeURIComponent(path === "" || path.endsWith("/") ? `${path}index.html` : path));
  if (html === undefined) return false;
  if (path === PLAYGROUND) return anchor === undefined || stateOf(anchor) !== undefined;
  return anchor === undefined || html.includes(` id="${decodeURIComponent(anchor)}"`);
}

describe("a reader of the site", () => {
  let browser: Browser;
  let server: Server;
  let origin: string;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    ({ server, origin } = await serveSite(DIST));
    browser = await startBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = [];
    onComplaint(page, (complaint) => complaints.push(complaint));
    page.on("request", (request) => {
      if (!/^data:/.test(request.url()) && !request.url().startsWith(origin)) complaints.push(request.url());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const open = async (path: string, width: number, scheme: "light" | "dark" = "light") => {
    await page.setViewport({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`${origin}${path}`, { waitUntil: "networkidle0" });
  };

  const VIEWS = [
    "/",
    "/policies.html",
    "/cli.html",
    "/rules/effect.html",
    "/architecture.html",
    "/nowhere.html",
  ];
  const CASES = VIEWS.flatMap((path) =>
    [1280, 390].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ path, width, scheme }))),
  );

  it.each(CASES)("sees $path in a window of $width pixels, $scheme", async ({ path, width, scheme }) => {
    await open(path, width, scheme);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(
      scheme === "dark",
    );
    const pictures = process.env["SCREENSHOTS"];
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      const name = `${path.replaceAll("/", "-")}-${width}-${scheme}.png`;
      await page.screenshot({ path: resolve(pictures, `site${name}`) as `${string}.png` });
    }
    // The browser reports the status of the page that is missing.
    if (path === "/nowhere.html") complaints = complaints.filter((line) => !line.includes("404"));
  });

  it("finds a page by a word of it", async () => {
    await open("/", 1280);
    await page.click(".VPNavBarSearch button");
    await page.waitForSelector("#localsearch-input");
    await page.type("#localsearch-input", "break-glass");
    await page.waitForSelector("#localsearch-list a");
    const found = await page.evaluate(
      "[...document.querySelectorAll('#localsearch-list a')].map((a) => a.pathname)",
    );
    expect(found).toContain("/rules/allow-everything.html");
  });

  it("opens the menu on a phone and gets to a page of it", async () => {
    await open("/tour.html", 390);
    await page.click(".VPLocalNav .menu");
    await page.waitForSelector(".VPSidebar.open");
    await page.click(".VPSidebar a[href='/policies.html']");
    await page.waitForFunction("document.querySelector('h1').textContent.startsWith('The policy language')");
    expect(await page.evaluate("location.pathname")).toBe("/policies.html");
  });

  it("switches to dark and sees the pictures of that mode", async () => {
    await open("/project/readme.html", 1280);
    const shown = () =>
      page.evaluate(
        "[...document.querySelectorAll('main img')].filter((one) => one.checkVisibility()).map((one) => one.src)",
      );
    expect(await shown()).toContainEqual(expect.stringContaining("report-light"));
    await page.click(".VPSwitchAppearance");
    await page.waitForSelector("html.dark");
    expect(await shown()).toContainEqual(expect.stringContaining("report-dark"));
    expect(await shown()).not.toContainEqual(expect.stringContaining("report-light"));
  });
});
