import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";

/** What a reader of the page waits for, and what the browser holds meanwhile. MB are 10^6 bytes. */
export interface Visit {
  /** From the navigation to the first frame with the matrix and the result of the filters. */
  readonly openMs: number;
  /** From the last letter of a route in the filter to the frame without the others. */
  readonly filterMs: number;
  /** A step of scrolling by one screen, the median over the whole height. */
  readonly scrollMs: number;
  readonly elements: number;
  /** JavaScript objects after a collection. */
  readonly heapMb: number;
  /** Resident memory of the process of an empty page. */
  readonly emptyMb: number;
  readonly openMb: number;
  /** After the filter and the scrolling: the most that was seen. */
  readonly mostMb: number;
}

/** @param routes the number that the filter must find, for the check of the answer */
export async function visit(browser: Browser, file: string, routes: number): Promise<Visit> {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: 1280, height: 900 });
    const client = await page.createCDPSession();
    const metric = async (name: string) => {
      await client.send("Performance.enable");
      const { metrics } = await client.send("Performance.getMetrics");
      return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
    };
    await page.goto("about:blank");
    const renderers = renderersOf(browser.process()?.pid ?? 0);
    const memory = () => Math.max(...renderers.map(residentMb));
    const emptyMb = memory();
    const openMs = await timed(async () => {
      await page.goto(pathToFileURL(file).href, { timeout: 300_000 });
      await drawn(page);
    });
    // A page from disk may have a process of its own.
    renderers.push(...renderersOf(browser.process()?.pid ?? 0).filter((one) => !renderers.includes(one)));
    const openMb = memory();
    expectCount(await resultOf(page), "all", routes);
    const elements = Number(await page.evaluate("document.querySelectorAll('*').length"));
    const filterMs = await timed(async () => {
      await page.evaluate(typed("things-7"));
      await drawn(page);
    });
    expectCount(await resultOf(page), String(numbersWith7(routes)), routes);
    const filteredMb = memory();
    await page.evaluate(typed(""));
    const scrollMs = Number(await page.evaluate(SCROLL));
    const mostMb = Math.max(openMb, filteredMb, memory());
    await client.send("HeapProfiler.collectGarbage");
    const heapMb = (await metric("JSHeapUsedSize")) / 1_000_000;
    return { openMs, filterMs, scrollMs, elements, heapMb, emptyMb, openMb, mostMb };
  } finally {
    await page.close();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Until the browser has laid out and painted what it was told. */
const drawn = (page: Page) =>
  page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");

const typed = (text: string) =>
  `{ const field = document.getElementById("filter-route"); field.value = ${JSON.stringify(text)};
  field.dispatchEvent(new Event("input", { bubbles: true })); }`;

const resultOf = async (page: Page) =>
  String(await page.evaluate("document.getElementById('filter-result').textContent"));

function expectCount(result: string, count: string, of: number): void {
  const expected = count === "all" ? `all ${of} routes` : `${count} of ${of} routes`;
  if (!result.startsWith(expected)) throw new Error(`expected ${expected}, and the page says: ${result}`);
}

/** Routes are `things-0` and so on. */
const numbersWith7 = (routes: number) =>
  Array.from({ length: routes }, (_, index) => String(index)).filter((text) => text.startsWith("7")).length;

const SCROLL = `(async () => {
  const scroller = document.querySelector("#matrix-section .scroller");
  const times = [];
  for (let y = 0; y < scroller.scrollHeight; y += scroller.clientHeight) {
    const begun = performance.now();
    scroller.scrollTo(y % 1000, y);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
})()`;

/** The processes of pages below a browser; none where there is no /proc. */
function renderersOf(browser: number): number[] {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return processes.filter((pid) => {
    const command = fileOf(pid, "cmdline");
    return (
      command.includes("--type=renderer") && !command.includes("--extension-process") && isBelow(pid, browser)
    );
  });
}

function isBelow(pid: number, ancestor: number): boolean {
  for (let at = pid; at > 1; ) {
    at = Number(/^PPid:\s+(\d+)$/m.exec(fileOf(at, "status"))?.[1] ?? 0);
    if (at === ancestor) return true;
  }
  return false;
}

const residentMb = (pid: number) =>
  (Number(/^VmRSS:\s+(\d+) kB$/m.exec(fileOf(pid, "status"))?.[1] ?? 0) * 1_024) / 1_000_000;

/** Empty for a process that has ended. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
