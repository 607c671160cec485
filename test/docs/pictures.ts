// Takes the screenshots of README.md again: npm run docs:pictures. It needs a browser, and no two browsers draw the
// same bytes, so CI does not run it.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ScreenshotClip } from "puppeteer-core";
import beginRun from "../support/begin-run.ts";
import { startBrowser } from "../support/chromium.ts";
import { runClaimgate } from "../support/claimgate-command.ts";
import endRun from "../support/end-run.ts";

const PICTURES = resolve("docs/pictures");
const WIDTH = 940;

/** The legend and the matrix down to the last route of the HTTP API, with a margin; evaluated in the page. */
const MATRIX = `(() => {
  const { left, top } = document.querySelector(".legend").getBoundingClientRect();
  const { right, bottom } = document.querySelector("#matrix tbody tr:nth-child(10)").getBoundingClientRect();
  const margin = 14;
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + margin };
})()`;

// The page names the folder that it is about.
const folder = mkdtempSync(join(tmpdir(), "claimgate-pictures-"));
const service = join(folder, "orders");
mkdirSync(service);
cpSync("policies", join(service, "policies"), { recursive: true });
const browser = await startBrowser();
beginRun();
try {
  const { code, stderr } = await runClaimgate(["report", "-o", "access.html"], { cwd: service });
  if (code !== 0) throw new Error(stderr);
  const page = await browser.newPage();
  await page.setViewport({ width: WIDTH, height: 1600 });
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(join(service, "access.html")).href);
    const clip = (await page.evaluate(MATRIX)) as ScreenshotClip;
    await page.screenshot({ path: `${join(PICTURES, `report-${scheme}`)}.png`, clip });
  }
} finally {
  endRun();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
